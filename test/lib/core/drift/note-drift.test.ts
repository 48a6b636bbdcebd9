import { describe, expect, it } from 'vitest'
import { noteDrift } from '../../../../lib/core/drift/note-drift.ts'
import type { Change, Live, Outcome } from '../../../../lib/core/plan/plan.ts'

const entry = { name: 'a', versionId: 'v1', writtenAt: '2026-01-31T08:00:00.000Z' }
const live = (part: Partial<Live> = {}): Live => ({
  name: 'a',
  current: 'v1',
  versions: new Map(),
  tags: {},
  ...part,
})
const update: Change = { action: 'update', name: 'a', because: 'value-changed', versionId: 'v1', from: 'x' }
const restore: Change = { action: 'restore', name: 'a', because: 'scheduled-for-deletion' }
const adopt: Change = { action: 'adopt', name: 'a', because: 'listed-for-adoption', at: 'v1' }
const deletion: Change = { action: 'delete', name: 'a', because: 'no-longer-wanted', recoveryWindowDays: 7 }
const applied = (change: Change): Outcome => ({
  change,
  result: 'applied',
  ...('versionId' in change ? { versionId: change.versionId } : {}),
})
const ended = { deletionAt: '2026-02-28T08:00:00.000Z' }

function note(found: Live | undefined, outcomes: readonly Outcome[] = [], isOurs = true) {
  const after = noteDrift([{ ...entry, drift: 'before' }], {
    live: new Map(found ? [['a', found]] : []),
    outcomes,
    isOurs: () => isOurs,
  })
  expect(after).toMatchObject([entry])
  return after[0]?.drift
}

describe('noteDrift', () => {
  it.each([
    ['is as written', live(), [], undefined],
    ['was written now', live({ current: 'x' }), [applied(update)], undefined],
    ['was made anew', undefined, [applied({ ...update, action: 'create' } as Change)], undefined],
    ['is held', live({ current: 'x' }), [], 'x'],
    ['could not be written', live({ current: 'x' }), [{ change: update, result: 'failed' }] as const, 'x'],
    ['is gone', undefined, [], 'missing'],
    ['is to end', live(ended), [], 'ending'],
    ['was taken back', live(ended), [applied(restore)], undefined],
    ['was taken back and is held', live({ ...ended, current: 'x' }), [applied(restore)], 'x'],
    ['was pruned', live(), [applied(deletion)], 'ending'],
  ])('notes of a secret that %s what the next listing shows', (_, found, outcomes, drift) => {
    expect(note(found, outcomes)).toBe(drift)
  })

  it('knows a secret that is not marked as ours, until it is adopted', () => {
    expect(note(live(), [], false)).toBe('missing')
    expect(note(live(), [applied(adopt)], false)).toBeUndefined()
  })
})
