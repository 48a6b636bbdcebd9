const maximumLength = 4_096

/**
 * A path as a `Tree` takes it: `.`, empty and resolvable `..` segments are taken out, the root is `''`. `null` where
 * the path is absolute, leaves the repository, has control characters or is longer than 4,096.
 */
export function normalizeRepositoryPath(path: string): string | null {
  if (path.length > maximumLength || path.startsWith('/') || /\p{Cc}/u.test(path)) return null
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return null
  }
  return segments.join('/')
}
