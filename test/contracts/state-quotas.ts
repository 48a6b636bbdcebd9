import { beforeEach, describe, expect, it } from 'vitest'
import type { StateUnderTest } from './state-store.ts'

const key = '123456789012#eu-west-1#create'
const lease = (second: number) => ({ freeAt: `2026-01-31T08:00:0${second}.000Z` })
const coded = (code: string) => expect.objectContaining({ code })

/** What every state store does with leases of write tokens. */
export function testQuotas(kind: string, open: () => Promise<StateUnderTest>): void {
  let peer: StateUnderTest

  beforeEach(async () => {
    peer = await open()
  })

  describe(`${kind}: quotas`, () => {
    it('writes a lease only over the one that was read', async () => {
      const { state } = peer
      expect(await state.readQuota(key)).toBeNull()
      await state.writeQuota(key, lease(1), null)
      await expect(state.writeQuota(key, lease(2), null)).rejects.toEqual(coded('StateConflict'))
      await state.writeQuota(key, lease(2), lease(1))
      await expect(state.writeQuota(key, lease(3), lease(1))).rejects.toEqual(coded('StateConflict'))
      expect(await state.readQuota(key)).toEqual(lease(2))
      expect(await state.readQuota('123456789012#eu-west-1#tag')).toBeNull()
    })

    it('leaves leases of a newer release alone', async () => {
      const { state } = peer
      await state.writeQuota(key, lease(1), null)
      await peer.raiseSchema()
      const before = await peer.dump()
      await expect(state.readQuota(key)).rejects.toEqual(coded('StateTooNew'))
      await expect(state.writeQuota(key, lease(2), lease(1))).rejects.toEqual(coded('StateTooNew'))
      expect(await peer.dump()).toBe(before)
    })

    it('gives a second to one of many', async () => {
      const writes = Array.from({ length: 5 }, (_, n) => peer.state.writeQuota(key, lease(n), null))
      const results = await Promise.allSettled(writes)
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })
  })
}
