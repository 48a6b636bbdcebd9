/** The code that stands for the end of the text; none of its characters has it. */
export const endCode = 0

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** The line breaks of YAML 1.1: LF, CR, NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
}

export function isBreakOrEnd(code: number): boolean {
  return code === endCode || isBreak(code)
}

export function isBlankOrEnd(code: number): boolean {
  return isBlank(code) || isBreakOrEnd(code)
}
