import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type Connection, type ServerChannel } from 'ssh2'
import type { SshLogin } from '../../lib/adapters/git/credential.ts'
import { createGitRepository, isolatedGitEnvironment } from './git-repository.ts'
import type { GitServer, SeenRequest } from './git-server.ts'

export interface GitSshServerOptions {
  /** Git settings of the server. */
  readonly settings?: Readonly<Record<string, string>>
  /** Highest protocol that is answered: 0 does not take `GIT_PROTOCOL` from clients, as sshd does by default. */
  readonly protocol?: 0 | 2
}

/** A Git server over SSH on loopback. */
export interface GitSshServer extends GitServer {
  /** What it lets in, and how it is known. */
  readonly login: SshLogin
  /** Every command line that it was asked to run. */
  readonly commands: string[]
}

const { Server, utils } = ssh2

/** A pair of Ed25519 keys. One in some hundreds that the library makes, it does not read. */
export function generateSshKeys(): { readonly private: string; readonly public: string } {
  for (;;) {
    const keys = utils.generateKeyPairSync('ed25519')
    if (!(utils.parseKey(keys.private) instanceof Error)) return keys
  }
}

/** Starts a server on a free port; it runs `git-upload-pack` for whoever holds the key in `login`. */
export async function startGitSshServer(options: GitSshServerOptions = {}): Promise<GitSshServer> {
  const projectRoot = mkdtempSync(join(tmpdir(), 'git-ssh-'))
  const hostKeys = generateSshKeys()
  const userKeys = generateSshKeys()
  const requests: SeenRequest[] = []
  const commands: string[] = []
  const connections = new Set<Connection>()
  const server = new Server({ hostKeys: [hostKeys.private] }, (connection) => {
    connections.add(connection)
    connection.on('close', () => connections.delete(connection))
    connection.on('error', () => {})
    connection.on('authentication', (context) => {
      const allowed = utils.parseKey(userKeys.public)
      if (allowed instanceof Error || context.method !== 'publickey') return context.reject(['publickey'])
      const isOurs = context.username === 'git' && context.key.data.equals(allowed.getPublicSSH())
      const isSigned =
        !context.signature ||
        allowed.verify(context.blob ?? Buffer.alloc(0), context.signature, context.hashAlgo)
      return isOurs && isSigned === true ? context.accept() : context.reject()
    })
    connection.on('session', (accept) => {
      const session = accept()
      const environment = { ...isolatedGitEnvironment() }
      session.on('env', (_accept, _reject, { key, val }) => {
        if (key === 'GIT_PROTOCOL' && options.protocol !== 0) environment[key] = val
      })
      session.on('exec', (acceptExec, _reject, { command }) => {
        const seen = { receivedBytes: 0, sentBytes: 0 }
        requests.push(seen)
        commands.push(command)
        runUploadPack(acceptExec(), command, {
          projectRoot,
          environment,
          seen,
          settings: options.settings ?? {},
        })
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `ssh://git@127.0.0.1:${port}`,
    requests,
    commands,
    login: { privateKey: userKeys.private, knownHosts: `[127.0.0.1]:${port} ${hostKeys.public}` },
    createRepository: (name, objectFormat) => createGitRepository(join(projectRoot, name), objectFormat),
    async close() {
      for (const connection of connections) connection.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      rmSync(projectRoot, { recursive: true, force: true })
    },
  }
}

interface UploadPackRun {
  readonly projectRoot: string
  readonly environment: Record<string, string | undefined>
  readonly settings: Readonly<Record<string, string>>
  readonly seen: SeenRequest
}

function runUploadPack(channel: ServerChannel, command: string, run: UploadPackRun): void {
  const [, path = ''] = /^git-upload-pack '([^']*)'$/.exec(command) ?? []
  const settings = {
    'uploadpack.allowFilter': 'true',
    'uploadpack.allowReachableSHA1InWant': 'true',
    ...run.settings,
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const git = spawn('git', [...flags, 'upload-pack', join(run.projectRoot, path)], { env: run.environment })
  channel.on('data', (chunk: Buffer) => {
    run.seen.receivedBytes += chunk.length
  })
  git.stdout.on('data', (chunk: Buffer) => {
    run.seen.sentBytes += chunk.length
  })
  git.stdin.on('error', () => {})
  channel.pipe(git.stdin)
  git.stdout.pipe(channel, { end: false })
  git.stderr.pipe(channel.stderr, { end: false })
  git.once('close', (code) => {
    channel.exit(code ?? 1)
    channel.end()
  })
}
