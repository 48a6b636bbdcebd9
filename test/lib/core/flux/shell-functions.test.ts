import { expect, it } from 'vitest'
import { applyFunction } from '../../../../lib/core/flux/shell-functions.ts'
import { codeOf } from '../../../fakes/errors.ts'

it.each([
  ['#', 'é', [], '2'],
  ['^^', 'straße', [], 'STRAßE'],
  [',,', 'ΑΣ', [], 'ας'.replace('ς', 'σ')],
  [',', 'İx', [], 'ix'],
  ['//', 'abc', ['', '-'], '-a-b-c-'],
  ['/', 'aa', ['a', '$&'], '$&a'],
  [':', 'é!', ['2'], '!'],
  [':-', '', ['a', 'b'], 'ab'],
  ['unknown', 'x', ['a'], 'x'],
  ['#', 'a.b.c', ['*.'], 'b.c'],
  ['##', 'a.b.c', ['*.'], 'c'],
  ['%', 'a.b.c', ['.*'], 'a.b'],
  ['%%', 'a.b.c', ['.*'], 'a'],
] as const)('applies %s to %j', (operator, value, args, result) => {
  expect(applyFunction(operator, value, args)).toBe(result)
})

it.each([
  [':', 'é', ['1']],
  [':', 'abc', ['1', '-5']],
  ['#', 'é', ['?']],
  ['%', 'aé', ['*']],
] as const)('refuses %s of %j with %j, which Flux would cut amid a character', (operator, value, args) => {
  expect(codeOf(() => applyFunction(operator, value, args))).toBe('SubstitutionFailed')
})
