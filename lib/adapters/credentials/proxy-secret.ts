import { type EgressProxy, proxySchemes } from '../egress/proxy/proxy.ts'
import { credentialInvalid, readFirst, type SecretData } from './secret-data.ts'

/** What a Secret says of a proxy; the address may hold the login, too. */
export interface ProxyFields {
  readonly address: string
  readonly username?: string | undefined
  readonly password?: string | undefined
}

const maxAddressLength = 2_048

/**
 * The proxy in a Secret that a GitRepository names.
 * @throws {SyncError} GitAuthFailed
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#proxy-secret-reference
 */
export function readProxySecret(data: SecretData): EgressProxy {
  const address = readFirst(data, 'address') ?? ''
  const [username, password] = [readFirst(data, 'username'), readFirst(data, 'password')]
  return parseProxy({ address, username, password }, data.secret)
}

/** @param secret the name of what holds the fields @throws {SyncError} GitAuthFailed, which quotes no value */
export function parseProxy({ address, username, password }: ProxyFields, secret: string): EgressProxy {
  const url = address.length <= maxAddressLength ? URL.parse(address) : null
  if (!url || url.hostname === '') throw proxyInvalid(secret, 'is no URL of a proxy')
  if (!proxySchemes.some((scheme) => scheme === url.protocol)) {
    throw proxyInvalid(secret, `is of none of the schemes ${proxySchemes.join(' ')}`)
  }
  const login = username === undefined ? readLogin(url, secret) : { username, password: password ?? '' }
  return { address: `${url.protocol}//${url.host}`, ...(login && { login }) }
}

function readLogin({ username, password }: URL, secret: string): EgressProxy['login'] {
  if (username === '') return undefined
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
  } catch {
    throw proxyInvalid(secret, 'holds a broken escape')
  }
}

function proxyInvalid(secret: string, problem: string) {
  return credentialInvalid({ secret }, 'address', problem)
}
