/** What a CGI program answers before its body (RFC 3875, section 6). */
export interface CgiHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Where the body starts in the bytes that were parsed. */
  readonly bodyOffset: number
}

/** The head at the start of `output`; `null` where its end has not arrived yet. */
export function parseCgiHead(output: Buffer): CgiHead | null {
  const end = /\r?\n\r?\n/.exec(output.toString('latin1'))
  if (!end) return null
  const fields = output
    .toString('latin1', 0, end.index)
    .split(/\r?\n/)
    .map((line) => /^([^:]+):\s*(.*)$/.exec(line))
    .flatMap((found) => (found ? [[(found[1] ?? '').toLowerCase(), found[2] ?? ''] as const] : []))
  const { status, ...headers } = Object.fromEntries(fields)
  return { status: Number.parseInt(status ?? '200', 10), headers, bodyOffset: end.index + end[0].length }
}
