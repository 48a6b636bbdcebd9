/** `null` where the answer is no JSON; what the parser says would quote it. */
export function parseJsonAnswer(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}

/** The text, or the number as text, at `path`; empty where there is none. */
export function findText(answer: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (parent, name) => new Map(Object.entries(parent ?? {})).get(name),
    answer,
  )
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}
