import { RE2JS } from 're2js'

/** Whether a text matches the whole of a pattern. */
export type Glob = (text: string) => boolean

/**
 * A pattern as Argo CD reads it: `*` and `?` stay within one part between slashes, `**` does not, `{a,b}` is one of
 * several, `[abc]` one character, and a lone `*` is anything. `null` where it is no pattern. Linear.
 */
export function createGlob(pattern: string): Glob | null {
  if (pattern === '*') return () => true
  return compile(toRegex(pattern))
}

/** A pattern for names: a regular expression between slashes, else a glob. */
export function createNamePattern(pattern: string): Glob | null {
  const regex = /^\/(.+)\/$/.exec(pattern)?.[1]
  return regex === undefined ? createGlob(pattern) : compile(regex, 'find')
}

function compile(source: string, mode: 'whole' | 'find' = 'whole'): Glob | null {
  try {
    const regex = RE2JS.compile(source)
    return mode === 'find' ? (text) => regex.matcher(text).find() : (text) => regex.matches(text)
  } catch {
    // No pattern: the text comes from whoever wrote the object.
    return null
  }
}

const tokens = /\\(?<escaped>.)|\*\*|\*|\?|\[(?<not>!?)(?<set>[^\]]+)\]|\{|\}|,|[^\\*?[\]{},]+|./gsu

/** The regular expression of each part of a pattern; other parts stand for themselves. */
const expressions: Readonly<Record<string, string>> = {
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
  '{': '(?:',
  '}': ')',
}

function toRegex(pattern: string): string {
  let depth = 0
  return [...pattern.matchAll(tokens)]
    .map(({ 0: token, groups: { escaped, not, set } = {} }) => {
      if (escaped !== undefined) return RE2JS.quote(escaped)
      if (set !== undefined) return `[${not ? '^' : ''}${set.replaceAll(/[\\\]^[]/g, '\\$&')}]`
      if (token === '{') depth += 1
      if (token === '}') depth -= 1
      if (token === ',' && depth > 0) return '|'
      return expressions[token] ?? RE2JS.quote(token)
    })
    .join('')
}
