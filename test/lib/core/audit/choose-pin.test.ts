import { describe, expect, it } from 'vitest'
import { choosePin } from '../../../../lib/core/audit/choose-pin.ts'
import type { HistoryEntry } from '../../../../lib/core/state/records.ts'
import { createHistoryEntry } from '../../../contracts/state-store.ts'

const commitOf = (digit: string) => digit.repeat(40)
const revisionOf = (digit: string) => ({ ref: 'main', commit: commitOf(digit) })
const outcomes: HistoryEntry['outcomes'] = [
  { action: 'update', name: 'a', result: 'applied', versionId: 'v' },
]
const entry = (at: string, digit: string, part: Partial<HistoryEntry> = {}) =>
  createHistoryEntry('c/n/a', {
    at,
    revision: revisionOf(digit),
    result: 'ReconciliationSucceeded',
    outcomes,
    ...part,
  })
const pin = (digit: string, entryAt: string) => ({ revision: revisionOf(digit), entryAt, partial: false })
const partial = false
const newestFirst = [entry('5', 'c'), entry('4', 'c'), entry('3', 'b'), entry('2', 'a'), entry('1', 'a')]

describe('choosePin', () => {
  it('goes back to the revision before the present one', () => {
    expect(choosePin(newestFirst, { partial })).toEqual(pin('b', '3'))
  })

  it('goes one further where the config is pinned already', () => {
    const rolledBack = entry('6', 'b')
    const choice = { pinned: pin('b', '3'), partial }
    expect(choosePin([rolledBack, ...newestFirst], choice)).toEqual(pin('a', '2'))
  })

  it('does not go further where the rollback before has moved nothing', () => {
    const refused = entry('6', 'b', { result: 'VersionExpired', outcomes: [] })
    const choice = { pinned: pin('b', '3'), partial }
    expect(choosePin([refused, ...newestFirst], choice)).toEqual(pin('b', '3'))
    const unmoved = entry('6', 'b', { outcomes: [] })
    expect(choosePin([unmoved, ...newestFirst], choice)).toEqual(pin('a', '2'))
  })

  it('counts a sync that ended half-way as the present, and never goes back to one', () => {
    const broken = { result: 'StoreAccessDenied' } as const
    expect(choosePin([entry('6', 'd', broken), ...newestFirst], { partial })).toEqual(pin('c', '5'))
    const unread = entry('6', 'd', { ...broken, outcomes: [] })
    expect(choosePin([unread, ...newestFirst], { partial })).toEqual(pin('b', '3'))
    const brokenBefore = [entry('6', 'd'), entry('5', 'c', broken), entry('4', 'b')]
    expect(choosePin(brokenBefore, { partial })).toEqual(pin('b', '4'))
  })

  it.each([
    ['a whole revision', `main@sha1:${commitOf('a')}`],
    ['a whole commit', commitOf('a')],
    ['the beginning of one', 'aaaaaaa'],
  ])('goes to the newest entry of %s', (_, to) => {
    expect(choosePin(newestFirst, { to, partial })).toEqual(pin('a', '2'))
  })

  it('remembers whether it is wanted in part', () => {
    expect(choosePin(newestFirst, { to: commitOf('b'), partial: true })).toMatchObject({ partial: true })
  })

  it.each([
    ['no history', [], undefined],
    ['nothing before the first revision', [entry('1', 'a')], undefined],
    ['a revision of which nothing is known', newestFirst, commitOf('e')],
    ['too little of a commit', newestFirst, 'aaaaaa'],
    ['a revision of another ref', newestFirst, `dev@sha1:${commitOf('a')}`],
    [
      'the beginning of two commits',
      [
        entry('2', 'a', { revision: { ref: 'main', commit: `${'f'.repeat(39)}1` } }),
        entry('1', 'a', { revision: { ref: 'main', commit: `${'f'.repeat(39)}2` } }),
      ],
      'fffffff',
    ],
  ])('refuses %s', (_, entries, to) => {
    const choice = to === undefined ? { partial } : { to, partial }
    expect(() => choosePin(entries, choice)).toThrow(
      expect.objectContaining({ code: 'RevisionNotInHistory' }),
    )
  })
})
