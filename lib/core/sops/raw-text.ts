/** Runs of UTF-8 in bytes that are read as Latin-1; what matches without a run is a byte that does not belong. */
const utf8Runs =
  /((?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+)|./gs

/**
 * Bytes as text from which `encodeRawText` makes the same bytes: one that is no UTF-8 becomes a lone surrogate, U+DC80
 * to U+DCFF. For names in files of other encodings, since names are part of what authenticates a value.
 */
export function decodeRawText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8')
  if (!text.includes('\ufffd')) return text
  const latin1 = Buffer.from(bytes).toString('latin1')
  return latin1.replace(utf8Runs, (byte, run: string | undefined) =>
    run === undefined
      ? String.fromCharCode(0xdc00 + byte.charCodeAt(0))
      : Buffer.from(run, 'latin1').toString('utf8'),
  )
}

/** The bytes of a text, those in lone surrogates included. */
export function encodeRawText(text: string): Uint8Array {
  if (text.isWellFormed()) return Buffer.from(text)
  const pieces = text.split(/([\udc80-\udcff])/u)
  return Buffer.concat(
    pieces.map((piece, index) =>
      index % 2 === 0 ? Buffer.from(piece) : Buffer.of(piece.charCodeAt(0) - 0xdc00),
    ),
  )
}
