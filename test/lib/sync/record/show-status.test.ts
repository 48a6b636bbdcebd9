import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { describeResource, reconcileAnnotation } from '../../../../lib/core/status/resource-status.ts'
import { describeTrigger, isTriggered, showStatus } from '../../../../lib/sync/record/show-status.ts'
import { createHead } from '../../../contracts/state-store.ts'
import { createConfigManifest } from '../../../fakes/in-memory-configs.ts'
import { createRawShop, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

const head = createHead('m/shop/a')
const annotate = (value: string) => {
  const manifest = createConfigManifest('a')
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { [reconcileAnnotation]: value } } }
}

describe('showStatus', () => {
  it('writes what the resource does not show yet, and nothing where it does', async () => {
    const writeStatus = vi.spyOn(shop.configs, 'writeStatus')
    const opened = { configSource: shop.configs, manifest: createConfigManifest('a') }
    await showStatus(shop.dependencies, opened, head)
    expect(shop.configs.statuses.get('a')).toEqual(describeResource(head))
    const manifest = { ...opened.manifest, status: describeResource(head) }
    await showStatus(shop.dependencies, { ...opened, manifest }, head)
    await showStatus(shop.dependencies, { ...opened, manifest: null }, head)
    expect(writeStatus).toHaveBeenCalledTimes(1)
  })

  it('logs a status that cannot be written and goes on', async () => {
    vi.spyOn(shop.configs, 'writeStatus').mockRejectedValue(new SyncError('ClusterForbidden'))
    shop.commit('A=1')
    expect((await shop.sync()).result).toBe('ReconciliationSucceeded')
    expect(shop.telemetry.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'ClusterForbidden' }) }),
    )
  })

  it('is made good by the next look, though nothing has changed', async () => {
    const writeStatus = vi.spyOn(shop.configs, 'writeStatus').mockRejectedValueOnce(new Error('down'))
    shop.commit('A=1')
    await shop.sync()
    expect(shop.configs.statuses.has('a')).toBe(false)
    expect((await shop.sync()).result).toBe('Unchanged')
    expect(shop.configs.statuses.get('a')?.phase).toBe('Ready')
    expect(writeStatus).toHaveBeenCalledTimes(2)
  })
})

describe('the annotation that asks for a look', () => {
  it('is obeyed once for each value, and recorded', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.configs.put({ ...annotate('1'), spec: (await shop.configs.readConfig('shop', 'a'))?.spec })
    expect((await shop.sync({ trigger: 'schedule' })).result).toBe('ReconciliationSucceeded')
    expect(shop.configs.statuses.get('a')?.lastHandledReconcileAt).toBe('1')
    expect((await shop.sync({ trigger: 'schedule' })).result).toBe('Unchanged')
  })

  it('counts until a look has said that it was obeyed', () => {
    const opened = { configSource: shop.configs, manifest: annotate('2') }
    expect(isTriggered(opened, null)).toBe(true)
    expect(isTriggered(opened, { ...head, handledReconcileAt: '1' })).toBe(true)
    expect(isTriggered(opened, { ...head, handledReconcileAt: '2' })).toBe(false)
    expect(isTriggered({ manifest: createConfigManifest('a') }, null)).toBe(false)
    expect(describeTrigger(opened)).toEqual({ handledReconcileAt: '2' })
    expect(describeTrigger(undefined)).toEqual({})
  })
})
