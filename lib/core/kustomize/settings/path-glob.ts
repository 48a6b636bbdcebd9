import { parsePattern } from '../select/pattern.ts'

/**
 * A test for paths that match a glob as a whole: `*` (slashes too), `?`, `[a-z]`, `[!a]`, `{a,b}`, and `\` before a
 * character.
 * @see https://github.com/gobwas/glob/tree/v0.2.3
 * @throws {SyncError} PatternInvalid
 */
export function parsePathGlob(glob: string, file: string): (path: string) => boolean {
  let depth = 0
  const tokens = glob.match(/\\.|\[!?[^\]]*\]|\*+|./gsu) ?? []
  const pattern = tokens.map((token) => {
    if (token === '{') depth += 1
    if (token === '}') depth -= 1
    return translate(token, depth)
  })
  return parsePattern(`(?s:${pattern.join('')})`, file)
}

function translate(token: string, depth: number): string {
  if (token.startsWith('\\')) return quote(token.slice(1))
  if (token.startsWith('[') && token.length > 1)
    return `[${token.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '\\\\')}]`
  if (token.startsWith('*')) return '.*'
  if (token === '[') return token
  if (token === '?') return '.'
  if (token === '{') return '(?:'
  if (token === '}') return ')'
  return token === ',' && depth > 0 ? '|' : quote(token)
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
