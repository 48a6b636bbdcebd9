import { describe, expect, it } from 'vitest'
import {
  classifyDrift,
  createIsOurs,
  describeFinding,
  expectFinding,
} from '../../../../lib/core/drift/finding.ts'
import { formatOwner, type OwnershipScope } from '../../../../lib/core/plan/identity/ownership.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'

const ownership: OwnershipScope = {
  key: new Uint8Array(32).fill(1),
  deployment: 'd',
  account: '123456789012',
  region: 'eu-west-1',
}
const tags = formatOwner(ownership, 's/n/a', 'x')
const live = (part: Partial<Live> = {}): Live => ({
  name: 'x',
  current: 'v1',
  versions: new Map(),
  tags,
  ...part,
})
const isOurs = createIsOurs(ownership, 's/n/a')

describe('describeFinding', () => {
  it.each([
    ['the current version', live(), 'v1'],
    ['a secret that is gone', undefined, 'missing'],
    ['a secret without its mark', live({ tags: {} }), 'missing'],
    ['a secret with the mark of another name', live({ name: 'y' }), 'missing'],
    [
      'a secret with the mark of another config',
      live({ tags: formatOwner(ownership, 's/n/b', 'x') }),
      'missing',
    ],
    ['a secret that is to end', live({ deletionAt: '2026-01-31T08:00:00.000Z' }), 'ending'],
    ['a secret without a current version', { name: 'x', versions: new Map(), tags }, 'unlabelled'],
  ])('has a word for %s', (_, found, finding) => {
    expect(describeFinding(found, isOurs)).toBe(finding)
  })
})

it('expects what was written, or what was found last and left', () => {
  expect(expectFinding({ versionId: 'v1' })).toBe('v1')
  expect(expectFinding({ versionId: 'v1', drift: 'missing' })).toBe('missing')
})

it.each([
  ['missing', 'missing'],
  ['ending', 'ending'],
  ['unlabelled', 'edited'],
  ['v2', 'edited'],
] as const)('classifies %s as %s', (finding, kind) => {
  expect(classifyDrift(finding)).toBe(kind)
})
