/** Character classes of the YAML scanner, by UTF-16 code; 0 stands for the end of the text. */

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** Line feed, carriage return, NEL, line separator, paragraph separator. */
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
}

export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code)
}

export function isBlankOrEnd(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0 || isBreak(code)
}

/** What an anchor or a tag handle is made of. */
export function isWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code === 0x2d
  )
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
