import { expect, it } from 'vitest'
import { stampConditions } from '../../../../lib/core/status/conditions.ts'

const early = '2026-01-01T00:00:00.000Z'
const at = '2026-01-02T00:00:00.000Z'
const ready = { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', message: 'm' } as const

it('keeps the time of a condition whose status is as before', () => {
  const before = [{ ...ready, lastTransitionTime: early }]
  expect(stampConditions([{ ...ready, message: 'n' }], before, at)).toMatchObject([
    { lastTransitionTime: early },
  ])
  expect(stampConditions([{ ...ready, status: 'False' }], before, at)).toMatchObject([
    { lastTransitionTime: at },
  ])
  expect(stampConditions([ready], [], at)).toMatchObject([{ lastTransitionTime: at }])
})
