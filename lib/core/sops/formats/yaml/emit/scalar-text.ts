const names: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
}

const escaped = /["\\\n\u2028\u2029]|[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu

/** A text in double quotes. One that starts with a byte order mark has every character escaped. */
export function quoteDouble(text: string): string {
  const pattern = text.startsWith('\ufeff') ? /./gsu : escaped
  return `"${text.replace(pattern, escapeCharacter)}"`
}

function escapeCharacter(character: string): string {
  const name = names[character]
  if (name !== undefined) return `\\${name}`
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** The header of a literal block: `|`, then how deep where the text starts with a blank, and how it ends. */
export function formatLiteralHeader(text: string): string {
  const depth = /^[ \n\u2028\u2029]/.test(text) ? '4' : ''
  const isBroken = /[\n\u2028\u2029]$/.test(text)
  if (!isBroken) return `|${depth}-`
  const endsBlank = text.length === 1 || /[\n\u2028\u2029]$/.test(text.slice(0, -1))
  return endsBlank ? `|${depth}+` : `|${depth}`
}
