import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { createDataKeyCache } from '../../../../lib/sync/load/data-key-cache.ts'

const entry = {
  kind: 'kms',
  arn: 'arn:k',
  role: 'arn:r',
  context: { app: 'web', env: 'prod' },
  enc: 'AAAA',
} as const satisfies KeyEntry

let nowMs = 0
const call = vi.fn(async (): Promise<Uint8Array | null> => Uint8Array.of(1, 2, 3))

function createCache(capacity = 10) {
  return createDataKeyCache({ capacity, maxAgeMs: 1000, now: () => nowMs })
}

beforeEach(() => {
  nowMs = 0
  call.mockClear()
})

describe('a data-key cache', () => {
  it('answers a second request from memory, with a copy', async () => {
    const open = createCache().forGrant('a')
    const first = await open(entry, call)
    first?.fill(0)
    expect(await open(entry, call)).toEqual(Uint8Array.of(1, 2, 3))
    expect(call).toHaveBeenCalledTimes(1)
  })

  it('shares one call among requests at the same time', async () => {
    const open = createCache().forGrant('a')
    await Promise.all([open(entry, call), open(entry, call), open(entry, call)])
    expect(call).toHaveBeenCalledTimes(1)
  })

  it('takes the names of a context in any order', async () => {
    const open = createCache().forGrant('a')
    await open(entry, call)
    await open({ ...entry, context: { env: 'prod', app: 'web' } }, call)
    expect(call).toHaveBeenCalledTimes(1)
  })

  it.each<[string, KeyEntry]>([
    ['ciphertext', { ...entry, enc: 'AAAB' }],
    ['context', { ...entry, context: { app: 'web' } }],
    ['role', { ...entry, role: 'arn:other' }],
    ['key', { ...entry, arn: 'arn:other' }],
    ['kind', { kind: 'gcp_kms', resourceId: 'arn:k', enc: 'AAAA' }],
  ])('does not know an entry with another %s', async (_, other) => {
    const open = createCache().forGrant('a')
    await open(entry, call)
    await open(other, call)
    expect(call).toHaveBeenCalledTimes(2)
  })

  it('shows nothing to another grant', async () => {
    const cache = createCache()
    await cache.forGrant('a')(entry, call)
    await cache.forGrant('b')(entry, call)
    expect(call).toHaveBeenCalledTimes(2)
    await cache.forGrant('a')(entry, call)
    expect(call).toHaveBeenCalledTimes(2)
  })

  it('forgets at the maximum age, counted from the call', async () => {
    const open = createCache().forGrant('a')
    await open(entry, call)
    nowMs = 999
    await open(entry, call)
    expect(call).toHaveBeenCalledTimes(1)
    nowMs = 1000
    await open(entry, call)
    await open(entry, call)
    expect(call).toHaveBeenCalledTimes(2)
  })

  it('forgets the oldest where there is no room', async () => {
    const open = createCache(2).forGrant('a')
    for (const enc of ['1', '2', '3', '3', '2', '1']) await open({ ...entry, enc }, call)
    expect(call).toHaveBeenCalledTimes(4)
  })

  it('remembers neither null nor an error', async () => {
    const open = createCache().forGrant('a')
    call.mockResolvedValueOnce(null).mockRejectedValueOnce(new RangeError())
    expect(await open(entry, call)).toBeNull()
    await expect(open(entry, call)).rejects.toThrow(RangeError)
    expect(await open(entry, call)).toEqual(Uint8Array.of(1, 2, 3))
  })
})
