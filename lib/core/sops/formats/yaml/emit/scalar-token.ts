import { formatGeneral } from '../../../../go/float-text.ts'
import { hasBreak } from '../../../../yaml/presentation.ts'
import { chooseScalarStyle } from '../../../../yaml/scalar-style.ts'
import { encodeRawText } from '../../../raw-text.ts'
import type { Scalar } from '../../../tree.ts'

/** A scalar as it will be written. */
export interface ScalarToken {
  readonly text: string
  readonly tag: string
  readonly style: ReturnType<typeof chooseScalarStyle>
}

/**
 * The token of a value. sops passes every value through go-yaml's parser once more, which turns the string `<<` into
 * a merge key, and loses a text of several lines that starts with a tab.
 */
export function describeScalar(scalar: Scalar): ScalarToken {
  switch (scalar.type) {
    case 'str':
      return describeText(scalar.text)
    case 'bytes':
      return describeBytes(scalar.bytes)
    case 'float':
      return plain(formatYamlFloat(scalar.value))
    case 'int':
    case 'bool':
      return plain(String(scalar.value))
    case 'time':
      return plain(scalar.text)
    case 'null':
      return plain('null')
  }
}

/** The token of a key, which may come from a file in another encoding. */
export function describeKey(key: string): ScalarToken {
  return key.isWellFormed() ? describeText(key) : describeBytes(encodeRawText(key))
}

/** Whether a key stands on one line with its value: at most 128 bytes, its tag included, without a line break. */
export function isSimpleKey({ text, tag }: ScalarToken): boolean {
  return !hasBreak(text) && Buffer.byteLength(tag + text) <= 128
}

function plain(text: string, tag = ''): ScalarToken {
  return { text, tag, style: 'plain' }
}

function describeText(text: string): ScalarToken {
  if (text === '<<') return plain(text, '!!merge')
  const style = chooseScalarStyle(text)
  if (style === 'literal' && text.startsWith('\t')) return plain('null')
  return { text, tag: '', style }
}

/** Base64, broken into lines of 70 characters where it takes more than one. */
function describeBytes(bytes: Uint8Array): ScalarToken {
  const base64 = Buffer.from(bytes).toString('base64')
  if (base64.length <= 70) return plain(base64, '!!binary')
  return { text: base64.replace(/.{1,70}/g, '$&\n'), tag: '!!binary', style: 'literal' }
}

function formatYamlFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  return formatGeneral(value)
}
