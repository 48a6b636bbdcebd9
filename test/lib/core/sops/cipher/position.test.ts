import { expect, it } from 'vitest'
import {
  additionalDataOf,
  enterItem,
  enterKey,
  formatKeyPath,
  rootPosition,
} from '../../../../../lib/core/sops/cipher/position.ts'
import { createRuleMatcher } from '../../../../../lib/core/sops/cipher/rules.ts'

const rule = createRuleMatcher({ kind: 'encrypted_regex', pattern: '^b$' })

it('follows keys by a colon and leaves list indexes out of the additional data', () => {
  const a = enterKey(rootPosition, 'a', rule)
  const item = enterItem(enterItem(a, 0), 3)
  const c = enterKey(item, 'c:d', rule)
  expect([rootPosition, a, item, c].map(additionalDataOf)).toEqual([':', 'a:', 'a:', 'a:c:d:'])
  expect([rootPosition, a, item, c].map(formatKeyPath)).toEqual(['', 'a', 'a[0][3]', 'a[0][3].c:d'])
})

it('matches all below a key that matches', () => {
  const b = enterKey(enterKey(rootPosition, 'a', rule), 'b', rule)
  const below = enterKey(enterItem(b, 0), 'c', rule)
  expect([rootPosition.matched, b.matched, below.matched]).toEqual([false, true, true])
})

it('has an empty key, too', () => {
  expect(additionalDataOf(enterKey(rootPosition, '', rule))).toBe(':')
  expect(additionalDataOf(enterKey(enterKey(rootPosition, '', rule), 'a', rule))).toBe(':a:')
})
