import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { SyncError } from '../../lib/core/errors.ts'

const loopbackNames = ['127.0.0.1', 'localhost']

/**
 * Refuses what a web page of another site can send to a loopback port: a name that was rebound to it, or its own
 * origin.
 * @throws {SyncError} RequestForbidden
 */
export function assertLocalRequest({ host, origin }: IncomingHttpHeaders, port: number): void {
  const hosts = loopbackNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    throw new SyncError('RequestForbidden', { data: { header: 'host' } })
  }
  if (origin !== undefined && !hosts.some((name) => origin.toLowerCase() === `http://${name}`)) {
    throw new SyncError('RequestForbidden', { data: { header: 'origin' } })
  }
}

/**
 * Wants the token as a bearer token; takes the same time for every wrong one.
 * @throws {SyncError} Unauthenticated
 */
export function assertBearerToken({ authorization = '' }: IncomingHttpHeaders, token: string): void {
  const [scheme = '', given = ''] = authorization.split(' ', 2)
  const isSame = timingSafeEqual(digest(given), digest(token))
  if (scheme.toLowerCase() !== 'bearer' || token === '' || !isSame) throw new SyncError('Unauthenticated')
}

function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
