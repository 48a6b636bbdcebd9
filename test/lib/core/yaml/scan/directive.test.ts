import { expect, it } from 'vitest'
import { scanDirective } from '../../../../../lib/core/yaml/scan/directive.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { scanText } from '../../../../fakes/yaml-scanner.ts'

it.each([
  ['%YAML \t1.1 # c\nx', { type: 'version-directive', value: '1.1', suffix: '' }],
  ['%TAG !e! tag:x:\nx', { type: 'tag-directive', value: '!e!', suffix: 'tag:x:' }],
  ['%TAG ! !a \nx', { type: 'tag-directive', value: '!', suffix: '!a' }],
])('reads %j up to the next line', (text, token) => {
  const { result, rest } = scanText(text, scanDirective)
  expect(result).toEqual({ ...token, index: 0, line: 0 })
  expect(rest).toBe('x')
})

it.each([
  '%',
  '%FOO',
  '%YAML',
  '%YAML 1',
  '%YAML 111.1',
  '%YAML!',
  '%YAML 1.1 x',
  '%TAG',
  '%TAG e! tag:',
  '%TAG !e tag:',
  '%TAG !e!',
  '%TAG !!  {',
])('refuses %s', (text) => {
  expect(codeOf(() => scanText(text, scanDirective))).toBe('ManifestInvalid')
})
