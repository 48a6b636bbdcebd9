import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StateStore } from '../../../lib/ports.ts'
import {
  createConfigManifest,
  createKustomizationManifest,
  createVariableManifest,
} from '../../fakes/in-memory-configs.ts'
import { createRawShop, minuteMs, type RawShop } from '../../fakes/raw-shop.ts'

const value = 'hunter2-7d1f93'
/** A variable of Flux, quoted. */
const token = JSON.stringify(`$${'{TOKEN}'}`)
const overlay = (place: 'name' | 'value') => ({
  'dev/a.yaml': `apiVersion: v1
kind: Secret
metadata: {name: ${place === 'name' ? token : 'db'}}
stringData: {token: ${token}}`,
})

let shop: RawShop
let told: string[]

beforeEach(() => {
  shop = createRawShop()
  told = []
  for (const name of Object.keys(shop.state) as (keyof StateStore)[]) {
    const call = shop.state[name] as (...args: unknown[]) => unknown
    if (typeof call !== 'function') continue
    vi.spyOn(shop.state, name).mockImplementation(((...args: unknown[]) => {
      told.push(JSON.stringify(args))
      return call(...args)
    }) as never)
  }
  const postBuild = { substituteFrom: [{ kind: 'Secret', name: 'private' }] }
  shop.configs.put(createKustomizationManifest({ postBuild }))
  shop.configs.put(createConfigManifest('a', { kustomizePath: '', kustomization: { name: 'shop' } }))
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

const listTold = (reports: readonly object[]) =>
  [...told, JSON.stringify([reports, shop.events, shop.telemetry.lines, shop.queue])].join('\n')

describe('a config whose Kustomization has variables in a Secret', () => {
  it('waits for the Secret, then publishes its value and tells it to nobody else', async () => {
    const create = vi.spyOn(shop.store, 'create')
    shop.git.commit('main', overlay('value'))
    const before = await shop.sync()
    expect([before.result, (await shop.readHead())?.nextDueAt]).toEqual([
      'SourceNotFound',
      expect.any(String),
    ])
    shop.configs.put(createVariableManifest('Secret', 'private', { TOKEN: value }))
    shop.clock.advance(minuteMs)
    const after = await shop.sync({ trigger: 'schedule' })
    expect(after).toMatchObject({ result: 'ReconciliationSucceeded', outcomes: [{}] })
    const written = create.mock.calls.map(([secret]) => Buffer.from(secret.value.reveal()).toString())
    expect(written).toEqual([expect.stringContaining(value)])
    expect(told.length).toBeGreaterThan(0)
    expect(listTold([before, after])).not.toContain(value)
  })

  it('refuses to publish under its value, and does not tell it then either', async () => {
    shop.configs.put(createVariableManifest('Secret', 'private', { TOKEN: value }))
    shop.git.commit('main', overlay('name'))
    const report = await shop.sync()
    expect(report.result).toBe('SecretInPublicField')
    expect(listTold([report])).not.toContain(value)
  })
})
