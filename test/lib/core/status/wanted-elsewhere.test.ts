import { describe, expect, it } from 'vitest'
import { shortenId } from '../../../../lib/core/plan/identity/ownership.ts'
import type { Plan } from '../../../../lib/core/plan/plan.ts'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import {
  describeOwnedElsewhere,
  isWantedElsewhere,
  listUntold,
} from '../../../../lib/core/status/wanted-elsewhere.ts'
import { createHead } from '../../../contracts/state-store.ts'

const at = '2026-01-02T00:00:00.000Z'
const listed = { isShared: false, at }
const owner = createHead('m/shop/a')

function createRival(id: string, names: readonly string[], of = owner.id): ConfigHead {
  return { ...createHead(id), ownedElsewhere: names.map((name) => ({ name, owner: shortenId(of) })) }
}

/** What `owner` is to say beside these; `undefined` where it is not written. */
function tell(others: readonly ConfigHead[], isShared = false, before = owner): string | null | undefined {
  const [untold] = listUntold([before, ...others], { isShared, at })
  return untold && (untold.after.status.conditions.find(isWantedElsewhere)?.message ?? null)
}

describe('describeOwnedElsewhere', () => {
  const conflict = { action: 'conflict', name: 'x', code: 'SecretOwnedElsewhere', owner: 'm/shop/a' } as const

  it.each<[string, Plan['changes'], object]>([
    [
      'another config has marked',
      [{ ...conflict, because: 'other-config' }],
      { ownedElsewhere: [{ name: 'x', owner: 'm/shop/a' }] },
    ],
    ['another deployment has marked', [{ ...conflict, because: 'other-deployment' }], {}],
    ['nobody has marked', [{ ...conflict, because: 'not-marked', code: 'SecretNotOwned' }], {}],
    ['is missing', [{ action: 'restore', name: 'x', because: 'missing' }], {}],
  ])('says of a secret that %s', (_, changes, expected) => {
    expect(describeOwnedElsewhere({ changes })).toEqual(expected)
  })
})

describe('listUntold', () => {
  it('names another config to one of its tenant, and to every one where all are of one', () => {
    const own = createRival('m/shop/b', ['x'])
    const foreign = createRival('m/other/c', ['x'])
    expect(tell([own])).toMatch(/: x \(m\/shop\/b\)$/)
    expect(tell([foreign])).toMatch(/: x$/)
    expect(tell([foreign, createRival('m/other/d', ['x'])])).toBe(tell([foreign]))
    expect(tell([foreign], true)).toMatch(/: x \(m\/other\/c\)$/)
  })

  it('finds an owner by what its mark holds of a long id', () => {
    const long = createHead(`m/shop/${'a'.repeat(250)}`)
    expect(tell([createRival('m/shop/b', ['x'], long.id)], false, long)).toContain('x')
  })

  it('writes nothing that is said already, and takes back what is not true any more', () => {
    const rival = createRival('m/shop/b', ['x'])
    const [told] = listUntold([owner, rival], listed)
    expect(told?.before).toBe(owner)
    const after = told?.after ?? owner
    expect(after.status.conditions.at(-1)).toMatchObject({
      type: 'WantedElsewhere',
      status: 'True',
      reason: 'SecretWantedElsewhere',
      lastTransitionTime: at,
    })
    expect(listUntold([after, rival], listed)).toEqual([])
    expect(listUntold([after], listed)).toMatchObject([{ after: { status: owner.status } }])
    expect(listUntold([owner], listed)).toEqual([])
  })

  it('keeps the time of what it was told first', () => {
    const [told] = listUntold([owner, createRival('m/shop/b', ['x'])], listed)
    const later = { ...listed, at: '2026-01-03T00:00:00.000Z' }
    const [again] = listUntold([told?.after ?? owner, createRival('m/shop/b', ['x', 'y'])], later)
    expect(again?.after.status.conditions.at(-1)).toMatchObject({
      message: expect.stringContaining('y (m/shop/b)'),
      lastTransitionTime: at,
    })
  })

  it('keeps out of the way of a run', () => {
    const lease = {
      holder: 'r',
      trigger: 'webhook',
      until: at,
      revision: { ref: 'main', commit: 'a'.repeat(40) },
      writes: [],
    } as const
    expect(tell([createRival('m/shop/b', ['x'])], false, { ...owner, lease })).toBeUndefined()
  })
})
