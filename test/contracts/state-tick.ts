import { beforeEach, describe, expect, it } from 'vitest'
import type { StateStore } from '../../lib/ports.ts'
import type { StateUnderTest } from './state-store.ts'

const at = '2026-01-31T08:00:00.000Z'
const later = '2026-01-31T08:01:00.000Z'

/** What every state does about the turns of the schedule. */
export function testTick(kind: string, open: () => Promise<StateUnderTest>): void {
  let state: StateStore

  beforeEach(async () => {
    state = (await open()).state
  })

  describe(`${kind}: tick`, () => {
    it('gives the turn to one pass in each gap', async () => {
      expect(await state.takeTick(at, 60_000)).toEqual({ previousAt: null, stoppedAt: null })
      expect(await state.takeTick('2026-01-31T08:00:59.999Z', 60_000)).toBeNull()
      expect(await state.takeTick(later, 60_000)).toEqual({ previousAt: at, stoppedAt: null })
      const turns = Array.from({ length: 4 }, () => state.takeTick('2026-01-31T09:00:00.000Z', 60_000))
      expect((await Promise.all(turns)).filter((turn) => turn !== null)).toEqual([
        { previousAt: later, stoppedAt: null },
      ])
    })

    it('is not held up by a turn in the future', async () => {
      await state.takeTick('2030-01-01T00:00:00.000Z', 60_000)
      expect(await state.takeTick(at, 60_000)).toEqual({
        previousAt: '2030-01-01T00:00:00.000Z',
        stoppedAt: null,
      })
    })

    it('tells the next pass where the one before had to stop, until one comes to its end', async () => {
      await state.endTick('prod/a/x')
      await state.takeTick(at, 60_000)
      await state.endTick('prod/a/x')
      expect(await state.takeTick(later, 60_000)).toEqual({ previousAt: at, stoppedAt: 'prod/a/x' })
      await state.endTick('')
      expect(await state.takeTick('2026-01-31T08:02:00.000Z', 60_000)).toMatchObject({ stoppedAt: '' })
      await state.endTick(null)
      expect(await state.takeTick('2026-01-31T08:03:00.000Z', 60_000)).toMatchObject({ stoppedAt: null })
    })
  })
}
