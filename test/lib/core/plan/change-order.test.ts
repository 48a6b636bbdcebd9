import { expect, it } from 'vitest'
import { compareChanges } from '../../../../lib/core/plan/change-order.ts'
import type { Change } from '../../../../lib/core/plan/plan.ts'

const change = (action: Change['action'], name: string) => ({ action, name }) as Change

it('orders changes by what must come first, and keeps the order of those that go out together', () => {
  const mixed = [
    change('conflict', 'a'),
    change('delete', 'b'),
    change('retag', 'c'),
    change('relabel', 'd'),
    change('update', 'e'),
    change('relabel', 'f'),
    change('create', 'g'),
    change('adopt', 'h'),
    change('restore', 'i'),
  ]
  expect(
    mixed
      .toSorted(compareChanges)
      .map(({ name }) => name)
      .join(''),
  ).toBe('ihgdefcba')
})
