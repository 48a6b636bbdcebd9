import { describe, expect, it } from 'vitest'
import {
  parseAdoptionOrder,
  parsePruneOrder,
  parseRollbackOrder,
} from '../../../../lib/core/audit/parse-order.ts'

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

describe('parseAdoptionOrder', () => {
  const versionId = 'a'.repeat(32)

  it.each([
    { name: 'old/db', versionId },
    { name: 'ssm:/old/level', version: 7 },
  ])('reads %j', (order) => {
    expect(parseAdoptionOrder(JSON.stringify(order))).toEqual(order)
  })

  it.each([
    [{ name: 'a' }, 'versionId'],
    [{ name: 'a', versionId: 'AWSCURRENT' }, 'versionId'],
    [{ name: 'a', versionId, version: 1 }, 'version'],
    [{ name: '', versionId }, 'name'],
    [{ name: 'ssm:/a', versionId }, 'versionId'],
    [{ name: 'ssm:/a', version: 0 }, 'version'],
    [{ name: 'ssm:/aws/a', version: 1 }, 'name'],
    [{ versionId }, 'name'],
    [{ name: 'a', versionId, force: true }, 'force'],
  ])('refuses %j', (order, field) => {
    const data = expect.objectContaining({ field })
    expect(() => parseAdoptionOrder(JSON.stringify(order))).toThrow(
      expect.objectContaining({ code: 'RequestInvalid', data }),
    )
  })
})
