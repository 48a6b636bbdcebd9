import { describe, expect, it } from 'vitest'
import { findMoves } from '../../../../../lib/core/plan/prune/find-moves.ts'
import type { Origin } from '../../../../../lib/core/secrets/desired.ts'

const of = (object: string, key?: string): Origin => {
  return { kind: 'Secret', name: object, ...(key === undefined ? {} : { key }) }
}
const entry = (name: string, origin?: Origin) => ({ name, ...(origin && { origin }) })

describe('findMoves', () => {
  it('finds what has another prefix, by where its value comes from', () => {
    const inventory = [
      entry('old-A', of('db', 'A')),
      entry('old-B', of('db', 'B')),
      entry('old-C', of('db', 'C')),
    ]
    const wanted = [
      entry('new-A', of('db', 'A')),
      entry('new-B', of('db', 'B')),
      entry('new-D', of('db', 'D')),
    ]
    expect(findMoves(['old-A', 'old-B', 'old-C'], { inventory, wanted })).toEqual([
      { from: 'old-A', to: 'new-A' },
      { from: 'old-B', to: 'new-B' },
    ])
  })

  it('finds secrets that have become one, and one that has become several', () => {
    const keys = [entry('db-A', of('db', 'A')), entry('db-B', of('db', 'B'))]
    const whole = [entry('db', of('db'))]
    expect(findMoves(['db-A', 'db-B'], { inventory: keys, wanted: whole })).toEqual([
      { from: 'db-A', to: 'db' },
      { from: 'db-B', to: 'db' },
    ])
    expect(findMoves(['db'], { inventory: whole, wanted: keys })).toEqual([
      { from: 'db', to: 'db-A' },
      { from: 'db', to: 'db-B' },
    ])
  })

  it.each([
    ['whose origin is not known', entry('old-A'), entry('new-A', of('db', 'A'))],
    ['whose value is gone', entry('old-A', of('db', 'A')), entry('new-B', of('db', 'B'))],
    ['of another object', entry('old-A', of('db', 'A')), entry('new-A', of('web', 'A'))],
    [
      'of another kind',
      entry('old-A', of('db', 'A')),
      entry('new-A', { kind: 'ConfigMap', name: 'db', key: 'A' }),
    ],
    ['whose new name has no origin', entry('old-A', of('db', 'A')), entry('new-A')],
  ] as const)('finds none for a secret %s', (_, old, now) => {
    expect(findMoves(['old-A'], { inventory: [old], wanted: [now] })).toEqual([])
  })
})
