import { isReadAsString } from '../../../../yaml/resolve.ts'

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal'

/**
 * How go-yaml writes a string. Nothing is folded.
 * @see https://github.com/yaml/go-yaml/blob/v3/emitterc.go
 */
export function chooseScalarStyle(text: string): ScalarStyle {
  if (text.includes('\n')) return isLiteralAllowed(text) ? 'literal' : 'double'
  if (!isReadAsString(text)) return 'double'
  if (isPlainAllowed(text)) return 'plain'
  return isSingleAllowed(text) ? 'single' : 'double'
}

/** Whether a text has a line break, which keeps it from being a key on one line. */
export function hasBreak(text: string): boolean {
  return /[\n\r\u0085\u2028\u2029]/.test(text)
}

/** Characters that only escapes can write; go-yaml counts all beyond the basic plane among them. */
const unprintable = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const firstIndicator = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/
const laterIndicator = /.:(?:[ \t]|$)| #/
const edgeBlank = /^ | $/

function isPlainAllowed(text: string): boolean {
  return !(
    hasBreak(text) ||
    unprintable.test(text) ||
    edgeBlank.test(text) ||
    firstIndicator.test(text) ||
    laterIndicator.test(text)
  )
}

function isSingleAllowed(text: string): boolean {
  return !unprintable.test(text) && !/[\u2028\u2029] | [\u2028\u2029]/.test(text)
}

function isLiteralAllowed(text: string): boolean {
  return !unprintable.test(text.replaceAll('\t', '')) && !/ (?:$|[\n\u2028\u2029])/.test(text)
}
