import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { formatTime } from '../../../../lib/core/time.ts'
import { observeSecrets } from '../../../../lib/sync/plan/observe-secrets.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

const versionId = 'v'.repeat(64)
const create = (name: string) =>
  harness.store.create({
    name,
    versionId,
    value: SecretValue.fromText('x'),
    kind: 'string',
    tags: { 'smc-owner': 'c:mac' },
  })

function observe(wanted: string[], more: Partial<Parameters<typeof observeSecrets>[1]> = {}) {
  const now = harness.clock.now()
  return observeSecrets(harness.store, { wanted, inventory: [], begun: [], ownerPrefix: 'c:', now, ...more })
}

const many = Array.from({ length: 30 }, (_, index) => `s${String(index).padStart(2, '0')}`)

describe('observeSecrets', () => {
  it('describes a few names without listing', async () => {
    await create('a')
    const list = vi.spyOn(harness.store, 'list')
    const { live, listed } = await observe(['a', 'b'])
    expect([...live.keys()]).toEqual(['a'])
    expect([...listed]).toEqual([])
    expect(list).not.toHaveBeenCalled()
  })

  it('lists many, and describes only those that the list lacks', async () => {
    for (const name of many.slice(1)) await create(name)
    const describes = vi.spyOn(harness.store, 'describe')
    const { live, listed } = await observe(many)
    expect(live.size).toBe(29)
    expect([...listed]).toEqual(many.slice(1))
    expect(describes.mock.calls).toEqual([[many[0]]])
  })

  it('believes no list about names written less than six minutes ago', async () => {
    for (const name of many) await create(name)
    const describes = vi.spyOn(harness.store, 'describe')
    const now = harness.clock.now()
    const writtenAt = (name: string, agoMs: number) => ({
      name,
      versionId,
      writtenAt: formatTime(now - agoMs),
    })
    await observe(many, {
      inventory: [writtenAt('s01', 5 * 60_000), writtenAt('s02', 7 * 60_000)],
      begun: ['s03'],
    })
    expect(describes.mock.calls.flat().sort()).toEqual(['s01', 's03'])
  })
})
