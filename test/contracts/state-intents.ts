import { beforeEach, describe, expect, it } from 'vitest'
import type { Intent } from '../../lib/core/audit/intent.ts'
import type { StateUnderTest } from './state-store.ts'

const coded = (code: string) => expect.objectContaining({ code })

/** An intent that suspends the config `c/n/a`. */
export function createIntent(part: Partial<Intent> = {}): Intent {
  return {
    configId: 'c/n/a',
    requestId: 'q1',
    requestedAt: '2026-01-31T08:00:00.000Z',
    actor: { from: 'api', name: 'somebody' },
    suspended: true,
    ...part,
  }
}

/** What every state store does with intents. */
export function testIntents(kind: string, open: () => Promise<StateUnderTest>): void {
  let peer: StateUnderTest

  beforeEach(async () => {
    peer = await open()
  })

  describe(`${kind}: intents`, () => {
    it('writes an intent only over the one that was read', async () => {
      const { state } = peer
      expect(await state.readIntent('c/n/a')).toBeNull()
      const first = createIntent()
      await state.writeIntent(first, null)
      await expect(state.writeIntent(first, null)).rejects.toEqual(coded('StateConflict'))
      const second = createIntent({ requestId: 'q2', suspended: false })
      await state.writeIntent(second, first)
      await expect(state.writeIntent(createIntent(), first)).rejects.toEqual(coded('StateConflict'))
      expect(await state.readIntent('c/n/a')).toEqual(second)
      expect(await state.readIntent('c/n')).toBeNull()
    })

    it('lists what is in force, and not what was lifted', async () => {
      const { state } = peer
      const revision = { ref: 'main', commit: 'a'.repeat(40) }
      const pin = { revision, entryAt: '2026-01-31T08:00:00.000Z', partial: false }
      const pinned = createIntent({ configId: 'c/n/b', suspended: false, pin })
      await state.writeIntent(createIntent(), null)
      await state.writeIntent(pinned, null)
      await state.writeIntent(createIntent({ configId: 'c/n/c', suspended: false }), null)
      const listed = (await state.listIntents()).toSorted((a, b) => (a.configId < b.configId ? -1 : 1))
      expect(listed).toEqual([createIntent(), pinned])
    })

    it('leaves intents of a newer release alone', async () => {
      const { state } = peer
      await state.writeIntent(createIntent(), null)
      await peer.raiseSchema()
      const before = await peer.dump()
      await expect(state.readIntent('c/n/a')).rejects.toEqual(coded('StateTooNew'))
      await expect(state.listIntents()).rejects.toEqual(coded('StateTooNew'))
      await expect(state.writeIntent(createIntent(), createIntent())).rejects.toEqual(coded('StateTooNew'))
      expect(await peer.dump()).toBe(before)
    })
  })
}
