import { expect, it } from 'vitest'
import { assertParameter, parameterTypeOf } from '../../../../lib/core/parameters/storable.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { codeOf } from '../../../fakes/errors.ts'

it.each([
  [null, 'ssm:/a', 'v'],
  [null, 'ssm:/a', 'ä'.repeat(4_096)],
  ['ParameterNameInvalid', '/a', 'v'],
  ['SecretEmpty', 'ssm:/a', ''],
  ['ParameterTooLarge', 'ssm:/a', 'ä'.repeat(4_097)],
])('ends with %s for %s', (code, name, text) => {
  expect(codeOf(() => assertParameter({ name, value: SecretValue.fromText(text) }))).toBe(code)
})

it('calls kinds as Parameter Store does', () => {
  expect([parameterTypeOf('parameter'), parameterTypeOf('secure-parameter')]).toEqual([
    'String',
    'SecureString',
  ])
})
