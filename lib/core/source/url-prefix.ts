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
  if (!inner || !outer || inner.origin === 'null' || inner.origin !== outer.origin) return false
  if (ambiguous.test(inner.pathname)) return false
  const base = outer.pathname.replace(/\/+$/, '')
  return inner.pathname === base || inner.pathname.startsWith(`${base}/`)
}
