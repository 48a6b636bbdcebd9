import { RE2JS } from 're2js'

/** One line of a file in the form of `.gitignore`, for paths below the directory that the file is in. */
export interface IgnorePattern {
  readonly directory: readonly string[]
  /** Takes back what earlier patterns leave out. */
  readonly includes: boolean
  readonly directoriesOnly: boolean
  /** Holds a slash, so that it is for whole paths and not for single names. */
  readonly isPath: boolean
  readonly parts: readonly Part[]
}

/** A name with wildcards, or any number of directories. */
type Part = '**' | ((name: string) => boolean)

/** Of any path. What is longer matches none, and would take its expressions time by the square. */
const maxLineLength = 4_096

/**
 * The patterns of a text, in order; comments, empty lines and what is no pattern are passed over.
 * @param directory where the text stands, `''` being the root
 * @see https://git-scm.com/docs/gitignore#_pattern_format
 */
export function parseIgnorePatterns(text: string, directory = ''): IgnorePattern[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.length <= maxLineLength && line.trim() !== '' && !line.startsWith('#'))
    .flatMap((line) => parseLine(line, directory) ?? [])
}

/** Whether the last of the patterns that match a path leaves it out, as Flux judges it. */
export function isIgnored(patterns: readonly IgnorePattern[], path: string, isDirectory: boolean): boolean {
  const names = path.split('/')
  const last = patterns.findLast((pattern) => matches(pattern, names, isDirectory))
  return last !== undefined && !last.includes
}

function parseLine(line: string, directory: string): IgnorePattern | null {
  const includes = line.startsWith('!')
  const bare = (includes ? line.slice(1) : line).replace(/(?<!\\) +$/, '')
  const directoriesOnly = bare.endsWith('/')
  const pattern = directoriesOnly ? bare.slice(0, -1) : bare
  const names = pattern.split('/').filter((name) => name !== '')
  const parts = names.map(compilePart)
  if (parts.length === 0 || parts.includes(null)) return null
  return {
    directory: directory === '' ? [] : directory.split('/'),
    includes,
    directoriesOnly,
    isPath: pattern.includes('/'),
    parts: parts.filter((part) => part !== null),
  }
}

const wildcard = /[\\*?[]/

/** A bracket that does not close is no pattern. */
const openBracket = /(?<!\\)\[(?!\^?(?:\\.|[^\]\\])+\])/su

function compilePart(name: string): Part | null {
  if (name === '**') return name
  if (name.includes('**') || openBracket.test(name)) return null
  // Nearly all patterns are of these two forms, and a repository may have very many names.
  if (!wildcard.test(name)) return (text) => text === name
  if (name.startsWith('*') && !wildcard.test(name.slice(1))) return (text) => text.endsWith(name.slice(1))
  try {
    const regex = RE2JS.compile(toRegex(name))
    return (text) => regex.matches(text)
  } catch {
    // No pattern: the text comes from the repository.
    return null
  }
}

const tokens = /\\(?<escaped>.)|\*|\?|\[(?<not>\^?)(?<set>(?:\\.|[^\]\\])+)\]|[^\\*?[]+|./gsu

function toRegex(name: string): string {
  return [...name.matchAll(tokens)]
    .map(({ 0: token, groups: { escaped, not, set } = {} }) => {
      if (escaped !== undefined) return RE2JS.quote(escaped)
      if (set !== undefined) return `[${not}${set.replaceAll('[', '\\[')}]`
      if (token === '*') return '.*'
      return token === '?' ? '.' : RE2JS.quote(token)
    })
    .join('')
}

function matches(pattern: IgnorePattern, path: readonly string[], isDirectory: boolean): boolean {
  const { directory, isPath, parts, directoriesOnly } = pattern
  if (path.length <= directory.length || directory.some((name, n) => path[n] !== name)) return false
  const below = path.slice(directory.length)
  if (isPath) {
    const end = matchParts(parts, below)
    return end !== null && (end < below.length || isDirectory || !directoriesOnly)
  }
  const [part] = parts
  const found = part === '**' || part === undefined ? 0 : below.findIndex(part)
  return found >= 0 && (found < below.length - 1 || isDirectory || !directoriesOnly)
}

/** How many names the parts take up from the begin of `path`: what follows lies in a directory that matches. */
function matchParts(parts: readonly Part[], path: readonly string[]): number | null {
  const [part, ...rest] = parts
  if (part === undefined) return 0
  if (part === '**') {
    if (rest.length === 0) return path.length > 0 ? path.length : null
    for (let skipped = 0; skipped < path.length; skipped++) {
      const end = matchParts(rest, path.slice(skipped))
      if (end !== null) return skipped + end
    }
    return null
  }
  const [name, ...others] = path
  if (name === undefined || !part(name)) return null
  const end = matchParts(rest, others)
  return end === null ? null : end + 1
}
