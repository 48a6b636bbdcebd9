import type { Client } from 'ssh2'
import { SyncError } from '../../../core/errors.ts'
import { findKnownHost, isTrustedKey, type KnownHost } from '../../../core/git/known-hosts.ts'
import type { Connect } from '../../egress/connect.ts'
import type { EgressProxy } from '../../egress/proxy/proxy.ts'
import type { SshLogin } from '../credential.ts'
import { networkCodes } from '../wire/transport.ts'
import { listHostKeyAlgorithms } from './host-key-algorithms.ts'
import { createSession, type SshSession } from './session.ts'
import { describeSshError, sshUnavailable } from './ssh-failure.ts'

export interface SessionOptions {
  readonly url: string
  readonly login: SshLogin
  readonly connect: Connect
  /** For opening the session, and for each command. */
  readonly timeoutMs: number
  readonly proxy?: EgressProxy
}

/**
 * Opens a session. The key of the server is compared with `known_hosts` before anything of ours is sent.
 * @throws {SyncError} GitHostKeyUnknown, GitAuthFailed (also for a key that cannot be read), GitUnavailable,
 *   EgressForbidden, ProxyUnavailable, ProxyRefused
 */
export async function openSession(options: SessionOptions): Promise<SshSession> {
  const { url, login, connect, timeoutMs, proxy } = options
  const { hostname, port } = new URL(url)
  const knownHost = findKnownHost(login.knownHosts, hostname, Number(port || 22))
  if (listHostKeyAlgorithms(knownHost).length === 0) throw hostKeyUnknown(url)
  const { default: ssh2 } = await import('ssh2')
  const client = new ssh2.Client()
  const signal = AbortSignal.timeout(timeoutMs)
  const { unavailable } = networkCodes
  const sock = await connect({ url, signal, unavailable, ...(proxy && { proxy }) })
  await logIn(client, { ...options, sock, knownHost })
  return createSession(client, options)
}

interface Login extends SessionOptions {
  readonly sock: Awaited<ReturnType<Connect>>
  readonly knownHost: KnownHost
}

function logIn(client: Client, { url, login, sock, knownHost, timeoutMs }: Login): Promise<void> {
  let isKeyTrusted = true
  return new Promise<void>((resolve, reject) => {
    client.once('ready', resolve)
    client.once('close', () => reject(sshUnavailable(url, 'closed')))
    client.on('error', (error) => reject(isKeyTrusted ? describeSshError(url, error) : hostKeyUnknown(url)))
    try {
      client.connect({
        sock,
        username: decodeURIComponent(new URL(url).username),
        privateKey: login.privateKey,
        ...(login.passphrase !== undefined && { passphrase: login.passphrase }),
        algorithms: { serverHostKey: listHostKeyAlgorithms(knownHost) },
        hostVerifier: (key: Buffer) => {
          isKeyTrusted = isTrustedKey(knownHost, key)
          return isKeyTrusted
        },
        readyTimeout: timeoutMs,
      })
    } catch (cause) {
      // What the library says of a key that it cannot read may quote it.
      sock.destroy()
      reject(new SyncError('GitAuthFailed', { data: { url, login: 'private key' }, cause }))
    }
  })
}

function hostKeyUnknown(url: string): SyncError {
  return new SyncError('GitHostKeyUnknown', { data: { url } })
}
