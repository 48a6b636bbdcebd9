/**
 * A repository URL as Argo CD compares it: in lower case, without one trailing `.git`, scp and ssh forms alike. Scheme,
 * user, port and a trailing slash stay. For matching, never for cloning.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/git/git.go
 */
export function normalizeArgoUrl(url: string): string {
  const text = url.trim().toLowerCase()
  const isScp = /^(?:ssh:\/\/)?[^/:]*?@[^@]+$/.test(text) && !text.startsWith('ssh://')
  const whole = isScp ? `ssh://${text.replace(':', '/')}` : text
  const bare = whole.endsWith('.git') ? whole.slice(0, -'.git'.length) : whole
  const parsed = URL.parse(bare)
  if (!parsed) return bare.replace(/^ssh:\/\//, '')
  // An URL of nothing but a host would get a slash that was not written.
  const written =
    parsed.pathname === '/' && !bare.endsWith('/') ? parsed.href.replace(/\/$/, '') : parsed.href
  return written.replace(/^ssh:\/\//, '')
}
