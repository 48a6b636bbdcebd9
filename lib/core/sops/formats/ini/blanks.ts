/** What Go's `unicode.IsSpace` takes for a blank; JavaScript's `trim` differs in U+0085 and U+FEFF. */
const blank = String.raw`[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`
const leading = new RegExp(`^${blank}+`)
const single = new RegExp(blank)

export function trimStart(text: string): string {
  return text.replace(leading, '')
}

/** From the end: an expression would begin anew at each blank further in, which takes time by the square. */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && single.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

export function trim(text: string): string {
  return trimEnd(trimStart(text))
}
