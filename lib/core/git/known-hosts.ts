import { createHmac, timingSafeEqual } from 'node:crypto'

/** A host key as `known_hosts` writes it; `key` is the base64 of its wire form. */
export interface HostKey {
  readonly type: string
  readonly key: string
}

/** What `known_hosts` says of one host. */
export interface KnownHost {
  readonly trusted: readonly HostKey[]
  /** Keys that must never be accepted, whatever else trusts them. */
  readonly revoked: readonly HostKey[]
}

/**
 * Looks a host up in the text of a `known_hosts` file: plain and hashed names, patterns, `[host]:port`, `@revoked`.
 * Lines of certificate authorities and lines that cannot be read trust nothing.
 * @see https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT
 */
export function findKnownHost(text: string, hostname: string, port: number): KnownHost {
  const name = port === 22 ? hostname.toLowerCase() : `[${hostname.toLowerCase()}]:${port}`
  const lines = text.split('\n').flatMap((line) => parseLine(line) ?? [])
  const select = (marker: string) =>
    lines.filter((line) => line.marker === marker && isNamed(line.hosts, name)).map(({ hostKey }) => hostKey)
  return { trusted: select(''), revoked: select('@revoked') }
}

/** Whether a server that presents `key` (its wire form) is the one that `known_hosts` means. */
export function isTrustedKey({ trusted, revoked }: KnownHost, key: Uint8Array): boolean {
  const text = Buffer.from(key).toString('base64')
  const has = (keys: readonly HostKey[]) => keys.some((known) => known.key === text)
  return has(trusted) && !has(revoked)
}

interface Line {
  readonly marker: string
  readonly hosts: string
  readonly hostKey: HostKey
}

function parseLine(text: string): Line | null {
  const fields = text.trim().split(/[ \t]+/)
  const marker = fields[0]?.startsWith('@') ? fields.shift() : ''
  const [hosts = '', type = '', key = ''] = fields
  if (marker === undefined || hosts === '' || hosts.startsWith('#') || key === '') return null
  // Decoded and encoded once, so that equal keys are equal texts.
  return { marker, hosts, hostKey: { type, key: Buffer.from(key, 'base64').toString('base64') } }
}

function isNamed(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return isHashOf(hosts, name)
  const patterns = hosts.toLowerCase().split(',')
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), name))) return false
  return patterns.some((pattern) => matches(pattern, name))
}

/** `|1|salt|hash`: HMAC-SHA-1 of the name under the salt. */
function isHashOf(hosts: string, name: string): boolean {
  const [, version, salt = '', hash = ''] = hosts.split('|')
  const expected = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  const found = Buffer.from(hash, 'base64')
  return version === '1' && found.length === expected.length && timingSafeEqual(found, expected)
}

/** `*` stands for any characters, `?` for one; compared without a regular expression, in linear space. */
function matches(pattern: string, name: string): boolean {
  let at = 0
  let star = -1
  let resumeAt = 0
  let index = 0
  while (index < name.length) {
    if (pattern[at] === '*') {
      star = at++
      resumeAt = index
    } else if (pattern[at] === '?' || pattern[at] === name[index]) {
      at++
      index++
    } else if (star >= 0) {
      at = star + 1
      index = ++resumeAt
    } else {
      return false
    }
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
