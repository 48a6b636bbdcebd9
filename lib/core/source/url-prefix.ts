/** Escapes of `.`, `/` and `\`: a server may read them as another path than the one that was compared. */
const ambiguous = /%(2e|2f|5c)/i

/**
 * Whether `url` is `prefix` or lies below it: same scheme, host and port, and whole segments of the path, so that
 * `https://host/org` covers `https://host/org/repo` and not `https://host/org-evil/repo`. What is no URL, or has a
 * path that can be read in two ways, lies below nothing.
 */
export function isWithinUrlPrefix(url: string, prefix: string): boolean {
  const inner = URL.parse(url)
  const outer = URL.parse(prefix)
  if (!inner || !outer || !isSameServer(inner, outer)) return false
  if (ambiguous.test(inner.pathname)) return false
  const base = outer.pathname.replace(/\/+$/, '')
  return inner.pathname === base || inner.pathname.startsWith(`${base}/`)
}

/** By scheme, host and port. A user is no part of it: `ssh://git@host` and `ssh://host` are one server. */
function isSameServer(one: URL, other: URL): boolean {
  if (one.protocol !== 'ssh:') return one.origin !== 'null' && one.origin === other.origin
  return (
    other.protocol === 'ssh:' &&
    one.hostname.toLowerCase() === other.hostname.toLowerCase() &&
    (one.port || '22') === (other.port || '22')
  )
}
