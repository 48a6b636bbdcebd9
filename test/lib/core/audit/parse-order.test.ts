import { describe, expect, it } from 'vitest'
import { parsePruneOrder, parseRollbackOrder } from '../../../../lib/core/audit/parse-order.ts'

const invalid = (field?: string) =>
  expect.objectContaining({ code: 'RequestInvalid', ...(field === undefined ? {} : { data: { field } }) })

describe('parseRollbackOrder', () => {
  it.each([
    ['', { partial: false, dryRun: false }],
    ['{}', { partial: false, dryRun: false }],
    ['{"to":"abc","partial":true,"dryRun":true}', { to: 'abc', partial: true, dryRun: true }],
  ])('reads %j', (body, order) => {
    expect(parseRollbackOrder(body)).toEqual(order)
  })

  it.each([
    ['{', undefined],
    ['[]', ''],
    ['{"to":""}', 'to'],
    ['{"to":1}', 'to'],
    ['{"partial":"yes"}', 'partial'],
    ['{"pin":{}}', 'pin'],
  ])('refuses %j', (body, field) => {
    expect(() => parseRollbackOrder(body)).toThrow(invalid(field))
  })
})

describe('parsePruneOrder', () => {
  it('reads a digest', () => {
    expect(parsePruneOrder(`{"approve":"${'0f'.repeat(32)}"}`)).toBe('0f'.repeat(32))
  })

  it.each(['', '{}', '{"approve":"0f"}', `{"approve":"${'0f'.repeat(32)}","for":"ever"}`])(
    'refuses %j',
    (body) => {
      expect(() => parsePruneOrder(body)).toThrow(invalid())
    },
  )
})
