import { beforeEach, describe, expect, it } from 'vitest'
import type { SweepProgress } from '../../lib/core/state/records.ts'
import type { StateUnderTest } from './state-store.ts'

const later = '2026-01-31T08:01:00.000Z'
const progress: SweepProgress = {
  id: '123456789012/eu-west-1',
  startedAt: '2026-01-31T08:00:00.000Z',
  nextPage: 'token',
  seen: { 'c/n/a': { generation: 1, bits: 'AQ==' } },
}

/** What every state store does with listings that ran out of time. */
export function testSweeps(kind: string, open: () => Promise<StateUnderTest>): void {
  let peer: StateUnderTest

  beforeEach(async () => {
    peer = await open()
  })

  describe(`${kind}: sweeps`, () => {
    it('keeps how far a listing got, until it is removed', async () => {
      const { state } = peer
      expect(await state.readSweep(progress.id)).toBeNull()
      await state.writeSweep(progress, later)
      await state.writeSweep({ ...progress, nextPage: 'other' }, later)
      expect(await state.readSweep(progress.id)).toEqual({ ...progress, nextPage: 'other' })
      expect(await state.readSweep('123456789012')).toBeNull()
      await state.removeSweep(progress.id)
      await state.removeSweep(progress.id)
      expect(await state.readSweep(progress.id)).toBeNull()
    })

    it('forgets it when the store may have forgotten it too', async () => {
      await peer.state.writeSweep(progress, later)
      peer.clock.advance(59_999)
      expect(await peer.state.readSweep(progress.id)).toEqual(progress)
      peer.clock.advance(1)
      expect(await peer.state.readSweep(progress.id)).toBeNull()
    })

    it('leaves that of a newer release alone', async () => {
      const { state } = peer
      await state.writeSweep(progress, later)
      await peer.raiseSchema()
      const before = await peer.dump()
      const tooNew = expect.objectContaining({ code: 'StateTooNew' })
      await expect(state.readSweep(progress.id)).rejects.toEqual(tooNew)
      await expect(state.writeSweep(progress, later)).rejects.toEqual(tooNew)
      await expect(state.removeSweep(progress.id)).rejects.toEqual(tooNew)
      expect(await peer.dump()).toBe(before)
    })

    it('keeps 500,000 bits of a listing', async () => {
      const bits = Buffer.alloc(62_500, 255).toString('base64')
      const large = {
        ...progress,
        seen: { 'c/n/a': { generation: 1, bits }, 'c/n/b': { generation: 2, bits } },
      }
      await peer.state.writeSweep(large, later)
      expect(await peer.state.readSweep(progress.id)).toEqual(large)
    })
  })
}
