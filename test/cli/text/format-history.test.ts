import { expect, it } from 'vitest'
import { formatHistory } from '../../../cli/text/format-history.ts'
import { createHistoryEntry } from '../../contracts/state-store.ts'

const revision = { ref: 'ma\u001bin', commit: 'a'.repeat(40) }

it('shows who did what, marks claims and escapes what comes from outside', () => {
  const entries = [
    createHistoryEntry('c/n/a', { revision, actor: { from: 'push', name: 'ada' } }),
    createHistoryEntry('c/n/a', {
      trigger: 'manual',
      actor: { from: 'api', name: 'bob' },
      result: 'StoreThrottled',
      outcomes: [
        { action: 'retag', name: 'x', result: 'applied' },
        { action: 'update', name: 'y', result: 'deferred', code: 'StoreThrottled' },
      ],
    }),
    createHistoryEntry('c/n/a', { outcomes: [] }),
  ]
  expect(
    formatHistory(entries)
      .split('\n')
      .map((line) => line.split(/ {2,}/).slice(1)),
  ).toEqual([
    ['REVISION', 'TRIGGER', 'WHO', 'RESULT', 'CHANGES'],
    [
      'ma\\u001bin@aaaaaaaaaaaa',
      'webhook',
      'ada (claimed)',
      'ReconciliationSucceeded',
      'create a/b ffffffffffff',
    ],
    ['-', 'manual', 'bob', 'StoreThrottled', 'retag x, update y StoreThrottled'],
    ['-', 'webhook', '-', 'ReconciliationSucceeded', '-'],
  ])
})

it('says so where there is none', () => {
  expect(formatHistory([])).toBe('Nothing has been done yet.')
})
