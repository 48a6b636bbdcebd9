import { sourceInvalid, sourceUnsupported } from './source-errors.ts'

/** Names a repository whichever way its URL is written: `github.com/org/repo`. For matching, never for cloning. */
export type RepositoryKey = string

/**
 * The URL to clone from: http or https without a user name, or ssh with one; the scp form becomes ssh.
 * @param path where the URL stands in its manifest
 * @throws {SyncError} SourceInvalid, SourceUnsupported (another scheme, a password in the URL)
 */
export function parseRepositoryUrl(text: string, path: string): string {
  const url = parseScp(text) ?? parseUrl(text)
  if (!url) throw sourceInvalid(path, 'is no URL')
  if (!Object.hasOwn(defaultPorts, url.protocol))
    throw sourceUnsupported(path, 'is neither https, http nor ssh')
  if (url.password !== '') throw sourceUnsupported(path, 'holds a password')
  if (url.search !== '' || url.hash !== '' || trimPath(url.pathname) === '') {
    throw sourceInvalid(path, 'is no URL of a repository')
  }
  if (url.protocol === 'ssh:')
    return `ssh://${url.username || 'git'}@${url.host.toLowerCase()}${url.pathname}`
  url.username = ''
  return url.href
}

/**
 * The key of a repository: host in lower case, path as written, without scheme, user, default port, one trailing
 * `.git` and trailing slashes, so that its https, ssh and scp forms are one. `null` where the text is no such URL.
 */
export function findRepositoryKey(text: string): RepositoryKey | null {
  const url = parseScp(text) ?? parseUrl(text)
  if (!url || !Object.hasOwn(defaultPorts, url.protocol)) return null
  const path = trimPath(url.pathname)
  if (url.hostname === '' || path === '') return null
  const port = url.port === '' || url.port === defaultPorts[url.protocol] ? '' : `:${url.port}`
  return `${url.hostname.toLowerCase()}${port}/${path}`
}

/**
 * The key of a repository that a source names.
 * @throws {SyncError} SourceInvalid where `url` is no URL of a repository
 */
export function formatRepositoryKey(url: string): RepositoryKey {
  const key = findRepositoryKey(url)
  if (key === null) throw sourceInvalid('url', 'is no URL of a repository')
  return key
}

const defaultPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80', 'ssh:': '22' }

/** `git@github.com:org/repo.git`: a colon that no slash precedes, and no scheme. */
function parseScp(text: string): URL | null {
  const [, user = '', host, path] =
    /^([^@/\s]+@)?(\[[0-9a-fA-F:.]+\]|[^@/:\s]+):(?!\/\/)\/*(.+)$/.exec(text.trim()) ?? []
  return host === undefined || path === undefined ? null : parseUrl(`ssh://${user}${host}/${path}`)
}

function parseUrl(text: string): URL | null {
  return URL.parse(text.trim())
}

function trimPath(path: string): string {
  const joined = path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/')
  return joined.endsWith('.git') ? joined.slice(0, -'.git'.length).replace(/\/$/, '') : joined
}
