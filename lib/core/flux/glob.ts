/** A pattern of the shell: what stands between its stars. */
export interface Glob {
  readonly startsWithStar: boolean
  readonly endsWithStar: boolean
  readonly chunks: readonly (readonly Element[])[]
}

/** A test for one character. */
type Element = (character: string) => boolean

/**
 * Reads `*`, `?`, `[a-z]`, `[^a]` and `\` before a character; unlike in file names `*` takes slashes too.
 * @returns `null` where the pattern is malformed
 * @see https://github.com/fluxcd/pkg/blob/envsubst/v1.9.0/envsubst/path/match.go
 */
export function parseGlob(pattern: readonly string[]): Glob | null {
  const texts = splitAtStars(pattern)
  const chunks = texts.filter((text) => text.length > 0).map(parseChunk)
  if (chunks.includes(null)) return null
  return {
    startsWithStar: pattern[0] === '*',
    endsWithStar: texts.length > 1 && texts.at(-1)?.length === 0,
    chunks: chunks.filter((chunk) => chunk !== null),
  }
}

/** Stars that are escaped or within a class are none. */
function splitAtStars(pattern: readonly string[]): readonly string[][] {
  const texts: string[][] = [[]]
  let inClass = false
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? ''
    if (character === '*' && !inClass) {
      texts.push([])
      continue
    }
    if (character === '[') inClass = true
    if (character === ']') inClass = false
    texts.at(-1)?.push(character)
    if (character !== '\\') continue
    at += 1
    texts.at(-1)?.push(...pattern.slice(at, at + 1))
  }
  return texts
}

function parseChunk(text: readonly string[]): readonly Element[] | null {
  const elements: Element[] = []
  let left = text
  while (left.length > 0) {
    const [first, second] = left
    if (first === '[') {
      const parsed = parseClass(left.slice(1))
      if (parsed === null) return null
      elements.push(parsed.element)
      left = parsed.after
    } else if (first === '\\') {
      if (second === undefined) return null
      elements.push((character) => character === second)
      left = left.slice(2)
    } else {
      elements.push((character) => first === '?' || character === first)
      left = left.slice(1)
    }
  }
  return elements
}

/** A class without its opening bracket; it has one member at least, and a member is no `-` or `]`. */
function parseClass(text: readonly string[]): { element: Element; after: readonly string[] } | null {
  const isNegated = text[0] === '^'
  let left = isNegated ? text.slice(1) : text
  const ranges: { readonly low: number; readonly high: number }[] = []
  while (left[0] !== ']' || ranges.length === 0) {
    const low = takeMember(left)
    const high = low?.after[0] === '-' ? takeMember(low.after.slice(1)) : low
    if (low === null || high === null) return null
    ranges.push({ low: low.code, high: high.code })
    left = high.after
  }
  const element: Element = (character) => {
    const code = character.codePointAt(0) ?? 0
    return ranges.some(({ low, high }) => low <= code && code <= high) !== isNegated
  }
  return { element, after: left.slice(1) }
}

function takeMember(text: readonly string[]): { code: number; after: readonly string[] } | null {
  const [first = '-'] = text
  if (first === '-' || first === ']') return null
  const rest = first === '\\' ? text.slice(1) : text
  const code = rest[0]?.codePointAt(0)
  // Something must follow each member.
  return code === undefined || rest.length === 1 ? null : { code, after: rest.slice(1) }
}

/**
 * How many characters the glob takes from the start of a text, one at least; `null` where it takes none.
 * Each chunk but the last is taken where it is first, which leaves most for the others.
 */
export function matchStart(
  { startsWithStar, endsWithStar, chunks }: Glob,
  text: readonly string[],
  wanted: 'shortest' | 'longest',
): number | null {
  const isOnlyStars = chunks.length === 0
  if (isOnlyStars && !startsWithStar) return null
  let end = 0
  for (const [at, chunk] of chunks.entries()) {
    const isFixed = at === 0 && !startsWithStar
    const isLast = at === chunks.length - 1
    const takesLatest = isLast && wanted === 'longest' && !endsWithStar
    const start = isFixed
      ? matchesAt(chunk, text, 0)
        ? 0
        : null
      : find(chunk, text, { from: end, takesLatest })
    if (start === null) return null
    end = start + chunk.length
  }
  if (!endsWithStar && !isOnlyStars) return end
  if (text.length === 0) return null
  return wanted === 'longest' ? text.length : Math.max(end, 1)
}

function matchesAt(chunk: readonly Element[], text: readonly string[], start: number): boolean {
  return chunk.every((element, at) => start + at < text.length && element(text[start + at] ?? ''))
}

function find(
  chunk: readonly Element[],
  text: readonly string[],
  { from, takesLatest }: { from: number; takesLatest: boolean },
): number | null {
  const last = text.length - chunk.length
  for (let step = 0; step <= last - from; step += 1) {
    const start = takesLatest ? last - step : from + step
    if (matchesAt(chunk, text, start)) return start
  }
  return null
}
