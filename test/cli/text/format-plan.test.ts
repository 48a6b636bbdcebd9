import { expect, it } from 'vitest'
import { formatPlan } from '../../../cli/text/format-plan.ts'
import type { Plan } from '../../../lib/core/plan/plan.ts'

const plan: Plan = {
  configId: 'm/shop/shop-dev',
  revision: { ref: 'ma\u001bin', commit: 'a'.repeat(40) },
  changes: [
    { action: 'create', name: 'a', because: 'missing', versionId: 'v' },
    { action: 'conflict', name: 'b', because: 'not-marked', code: 'SecretNotOwned', at: '7' },
  ],
  unchanged: 3,
  disabled: ['OLD_KEY'],
}

it('shows names, actions and reasons, and escapes what a branch name brings along', () => {
  const text = formatPlan(plan, false)
  expect(text.split('\n')).toEqual([
    `m/shop/shop-dev at ma\\u001bin@sha1:${'a'.repeat(40)}`,
    '  + create      a  (missing)',
    '  ! conflict    b  (SecretNotOwned: not-marked, is at 7)',
    '  3 unchanged',
    '  disabled in Git: OLD_KEY',
  ])
  expect(formatPlan(plan, true)).toContain('\u001b[32m+\u001b[0m')
})

it('says what is left behind, and where', () => {
  const leftBehind = [{ account: '1', region: 'eu-west-1', names: ['a', 'b'] }]
  expect(
    formatPlan({ ...plan, leftBehind }, false)
      .split('\n')
      .at(-1),
  ).toBe('  left behind in eu-west-1 of 1: a, b')
})
