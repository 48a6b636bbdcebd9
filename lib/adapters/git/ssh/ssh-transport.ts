import { digestJson } from '../../../core/config/digest.ts'
import { SyncError } from '../../../core/errors.ts'
import { flushPkt } from '../../../core/git/pkt-line.ts'
import type { GitRemote } from '../../../ports.ts'
import type { Connect } from '../../egress/connect.ts'
import { findCredential, type ReadGitCredential, readSshLogin } from '../credential.ts'
import { type GitTransport, maxListingBytes, networkCodes } from '../wire/transport.ts'
import { openSession } from './open-session.ts'
import { createSessionPool } from './session-pool.ts'
import { splitAdvertisement } from './split-advertisement.ts'

export interface SshTransportOptions {
  readonly connect: Connect
  readonly readCredential: ReadGitCredential
}

const timeoutMs = 60_000
const idleMs = 1_000

/**
 * Git over SSH. Each request is a command of its own, with all of its input at once: the server says what it offers,
 * reads the request and finds the end of input.
 * @throws {SyncError} GitUnavailable, GitAuthFailed, GitHostKeyUnknown, GitRepositoryNotFound, GitFetchTooLarge,
 *   GitDataInvalid, NotPermitted, EgressForbidden, ProxyUnavailable, ProxyRefused
 * @see https://git-scm.com/docs/gitprotocol-pack#_ssh_transport
 */
export function createSshTransport({ connect, readCredential }: SshTransportOptions): GitTransport {
  const useSession = createSessionPool(idleMs)

  async function run(remote: GitRemote, input: string, maxOutputBytes: number) {
    const { url, credentials } = remote
    const credential = await findCredential(remote, readCredential)
    const login = readSshLogin(credential, remote)
    const proxy = credential?.proxy
    const { output, exitCode } = await useSession(
      digestJson([credentials, new URL(url).host, login, proxy]),
      () => openSession({ url, login, connect, timeoutMs, ...(proxy && { proxy }) }),
      (session) =>
        session.run({ line: formatCommand(url), env: { GIT_PROTOCOL: 'version=2' }, input, maxOutputBytes }),
    )
    if (output.length > 0) return splitAdvertisement(output)
    // Hosts tell a repository that is absent, or not to be read, by words alone.
    throw new SyncError('GitRepositoryNotFound', { data: { url, exitCode: exitCode ?? -1 } })
  }

  return {
    async advertise(remote) {
      const { advertisement } = await run(remote, flushPkt, maxListingBytes)
      return { repositoryUrl: remote.url, body: advertisement }
    },
    async uploadPack(remote, { body, maxBodyBytes }) {
      const { answer } = await run(remote, body, maxListingBytes + maxBodyBytes)
      if (answer.length <= maxBodyBytes) return answer
      throw new SyncError(networkCodes.tooLarge, { data: { limitBytes: maxBodyBytes } })
    },
  }
}

/** The path in single quotes, as a shell on the other side reads them. */
function formatCommand(url: string): string {
  const path = decodePath(new URL(url).pathname)
  return `git-upload-pack '${path.replaceAll("'", "'\\''")}'`
}

function decodePath(path: string): string {
  try {
    const decoded = decodeURIComponent(path)
    if (!/[\0\r\n]/.test(decoded)) return decoded
  } catch (cause) {
    throw new SyncError('SourceInvalid', { data: { path: 'url', problem: 'has a broken escape' }, cause })
  }
  throw new SyncError('SourceInvalid', { data: { path: 'url', problem: 'holds a line break' } })
}
