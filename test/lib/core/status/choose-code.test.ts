import { expect, it } from 'vitest'
import type { ErrorCode } from '../../../../lib/core/errors.ts'
import { chooseCode } from '../../../../lib/core/status/choose-code.ts'

it.each<[string, ErrorCode[], ErrorCode | undefined]>([
  ['what stalls', ['StoreThrottled', 'SecretNotOwned', 'SecretTooLarge'], 'SecretNotOwned'],
  ['else the first', ['StoreThrottled', 'LeaseHeld'], 'StoreThrottled'],
  ['nothing where nothing failed', [], undefined],
])('chooses %s', (_, codes, expected) => {
  expect(chooseCode(codes)).toBe(expected)
})
