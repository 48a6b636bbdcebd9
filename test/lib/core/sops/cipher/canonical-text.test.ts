import { expect, it } from 'vitest'
import { formatScalar } from '../../../../../lib/core/sops/cipher/canonical-text.ts'

it.each([
  [{ type: 'str', text: 'a\n' }, 'a\n'],
  [{ type: 'int', value: -(2n ** 63n) }, '-9223372036854775808'],
  [{ type: 'float', value: 1e21 }, '1000000000000000000000'],
  [{ type: 'bool', value: true }, 'True'],
  [{ type: 'bool', value: false }, 'False'],
  [{ type: 'time', text: '2026-01-02T03:04:05Z' }, '2026-01-02T03:04:05Z'],
  [{ type: 'null' }, ''],
] as const)('gives the text of %o that is hashed', (scalar, text) => {
  expect(formatScalar(scalar)).toBe(text)
})
