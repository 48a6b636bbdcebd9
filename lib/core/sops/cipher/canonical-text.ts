import { assertNever } from '../../errors.ts'
import { formatFixed } from '../../go/float-text.ts'
import type { Scalar } from '../tree.ts'

/**
 * The text of a value as SOPS encrypts and hashes it; null has none.
 * @see https://github.com/getsops/sops/blob/main/sops.go (ToBytes)
 */
export function formatScalar(scalar: Exclude<Scalar, { type: 'bytes' }>): string {
  switch (scalar.type) {
    case 'str':
    case 'time':
      return scalar.text
    case 'int':
      return scalar.value.toString()
    case 'float':
      return formatFixed(scalar.value)
    case 'bool':
      return scalar.value ? 'True' : 'False'
    case 'null':
      return ''
    default:
      return assertNever(scalar)
  }
}
