import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SshLogin } from '../../lib/adapters/git/credential.ts'
import { createGitRepository, type GitRepository } from './git-repository.ts'

/** OpenSSH on loopback, which runs `git-upload-pack` for one key and nothing else. */
export interface Sshd {
  readonly url: string
  readonly login: SshLogin
  createRepository(name: string): GitRepository
  close(): Promise<void>
}

export interface SshdOptions {
  /** Whether clients may ask for a protocol; servers have to be told so. */
  readonly acceptProtocol: boolean
  readonly hostKeyType: 'ed25519' | 'rsa' | 'ecdsa'
  readonly userKeyType: 'ed25519' | 'rsa' | 'ecdsa'
  readonly passphrase?: string
}

const binary = '/usr/sbin/sshd'

/** Why no sshd can be started here, or `null`. */
export function findSshdObstacle(): string | null {
  if (!existsSync(binary)) return 'OpenSSH sshd is not installed'
  // Started by root it insists on this folder, which the package makes.
  if (userInfo().uid === 0 && !existsSync('/run/sshd')) return '/run/sshd is missing'
  return null
}

/** Starts an sshd of its own on a free port, with keys made by `ssh-keygen`. */
export async function startSshd({ acceptProtocol, hostKeyType, userKeyType, passphrase = '' }: SshdOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'))
  const port = await findFreePort()
  const makeKey = (name: string, type: string, secret: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', secret, '-C', '', '-f', join(folder, name)])
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  makeKey('host', hostKeyType, '')
  makeKey('user', userKeyType, passphrase)
  const command = 'git-shell -c "$SSH_ORIGINAL_COMMAND"'
  writeFileSync(
    join(folder, 'authorized_keys'),
    `restrict,command=${JSON.stringify(command)} ${read('user.pub')}`,
  )
  const configuration = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    `PidFile ${join(folder, 'pid')}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'StrictModes no',
    'UsePAM no',
    ...(acceptProtocol ? ['AcceptEnv GIT_PROTOCOL'] : []),
  ]
  writeFileSync(join(folder, 'sshd_config'), `${configuration.join('\n')}\n`)
  const daemon = spawn(binary, ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: 'ignore' })
  await waitForPort(port, daemon)
  const sshd: Sshd = {
    url: `ssh://${userInfo().username}@127.0.0.1:${port}${folder}`,
    login: {
      privateKey: read('user'),
      knownHosts: `[127.0.0.1]:${port} ${read('host.pub')}`,
      ...(passphrase !== '' && { passphrase }),
    },
    createRepository: (name) => createGitRepository(join(folder, name)),
    async close() {
      const ended = new Promise((resolve) => daemon.once('close', resolve))
      daemon.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return sshd
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function waitForPort(port: number, daemon: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100 && daemon.exitCode === null; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true))
      socket.once('connect', () => socket.destroy()).once('error', () => resolve(false))
    })
    if (isOpen) return
    await sleep(100)
  }
  throw new Error(`sshd does not listen on port ${port}`)
}
