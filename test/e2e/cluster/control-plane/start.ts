import { spawn } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClusterAdmin, createClusterAdmin } from './admin.ts'

/** A part of the service that a cluster knows by a token of its own. */
export type Part = 'worker' | 'reconcile'

/** A real etcd and kube-apiserver on loopback. */
export interface ControlPlane {
  readonly url: string
  readonly ca: string
  readonly admin: ClusterAdmin
  /** Bearer tokens of who is in the groups that `infra/kubernetes` gives roles to, and of who may do everything. */
  readonly tokens: Readonly<Record<Part | 'both' | 'admin', string>>
  /** A kubeconfig with this bearer token. */
  kubeconfig(token: string): string
  /** Ends the API server alone; what it has stored stays. */
  stopServer(): Promise<void>
  startServer(): Promise<void>
  /** Lets the storage of the API server hang, and wakes it up. */
  hangStorage(): void
  wakeStorage(): void
  stop(): Promise<void>
}

export interface ControlPlaneOptions {
  /** More flags of the API server. */
  readonly flags?: readonly string[]
  /** How often etcd forgets old revisions. */
  readonly compaction?: string
}

/** Where the two binaries are, as setup-envtest says it. */
export const assets = process.env['KUBEBUILDER_ASSETS'] ?? ''

/** Starts both and waits until the API answers. */
export async function startControlPlane({
  flags = [],
  compaction = '5m',
}: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'smc-kube-'))
  const [client = 0, peer = 0, api = 0] = await findPorts(3)
  const tokens = writeTokens(folder)
  writeAccountKeys(folder)
  const etcd = run(folder, 'etcd', listEtcdFlags(folder, { client, peer }))
  const serverFlags = [...listServerFlags(folder, { client, api, compaction }), ...flags]
  let server = run(folder, 'kube-apiserver', serverFlags)
  const stop = async () => {
    await Promise.all([server.stop(), etcd.stop()])
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `https://127.0.0.1:${api}`
  try {
    const ca = await waitForCertificate(folder, server)
    const admin = createClusterAdmin({ url, ca, token: tokens.admin })
    await admin.waitUntilReady(server.isRunning)
    return {
      url,
      ca,
      admin,
      tokens,
      kubeconfig: (text) => formatKubeconfig(url, ca, text),
      hangStorage: () => etcd.signal('SIGSTOP'),
      wakeStorage: () => etcd.signal('SIGCONT'),
      stopServer: async () => await server.stop(),
      startServer: async () => {
        server = run(folder, 'kube-apiserver', serverFlags)
        await admin.waitUntilReady(server.isRunning)
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Each token with the groups of whoever shows it. */
function writeTokens(folder: string): ControlPlane['tokens'] {
  const groups = {
    admin: 'system:masters',
    worker: 'smc-worker',
    reconcile: 'smc-reconcile',
    both: 'smc-worker,smc-reconcile',
  } as const
  const create = (name: string) => `${name}-${randomBytes(16).toString('hex')}`
  const tokens = {
    admin: create('admin'),
    worker: create('worker'),
    reconcile: create('reconcile'),
    both: create('both'),
  }
  const lines = Object.entries(tokens).map(([name, token]) => {
    const user = name as keyof typeof groups
    return `${token},smc-${user},uid-${user},"${groups[user]}"`
  })
  writeFileSync(join(folder, 'tokens.csv'), `${lines.join('\n')}\n`, { mode: 0o600 })
  return tokens
}

/** What tokens of ServiceAccounts are signed with. */
function writeAccountKeys(folder: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  writeFileSync(join(folder, 'sa.key'), privateKey, { mode: 0o600 })
  writeFileSync(join(folder, 'sa.pub'), publicKey)
}

function listEtcdFlags(folder: string, { client, peer }: { client: number; peer: number }): string[] {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`]
  return [
    ...['--name', 'default', '--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', clientUrl, '--advertise-client-urls', clientUrl],
    ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
    ...['--initial-cluster', `default=${peerUrl}`],
  ]
}

function listServerFlags(
  folder: string,
  { client, api, compaction }: { client: number; api: number; compaction: string },
): string[] {
  return [
    ...['--etcd-servers', `http://127.0.0.1:${client}`, '--etcd-compaction-interval', compaction],
    ...['--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1', '--secure-port', String(api)],
    ...['--endpoint-reconciler-type', 'none', '--cert-dir', join(folder, 'certs')],
    ...['--authorization-mode', 'RBAC', '--token-auth-file', join(folder, 'tokens.csv')],
    ...['--service-account-issuer', 'https://kubernetes.default.svc'],
    ...['--service-account-key-file', join(folder, 'sa.pub')],
    ...['--service-account-signing-key-file', join(folder, 'sa.key')],
    ...['--service-cluster-ip-range', '10.0.0.0/24', '--disable-admission-plugins', 'ServiceAccount'],
  ]
}

interface RunningProcess {
  isRunning(): boolean
  signal(name: NodeJS.Signals): void
  stop(): Promise<void>
}

function run(folder: string, name: string, flags: readonly string[]): RunningProcess {
  const log = openSync(join(folder, `${name}.log`), 'w')
  const child = spawn(join(assets, name), flags, { cwd: folder, stdio: ['ignore', log, log] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const isRunning = () => child.exitCode === null && child.signalCode === null
  return {
    isRunning,
    signal: (signal) => void child.kill(signal),
    stop: async () => {
      if (isRunning()) child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** The server makes its own certificate at its first start. */
async function waitForCertificate(folder: string, server: RunningProcess): Promise<string> {
  for (let attempt = 0; attempt < 600 && server.isRunning(); attempt++) {
    try {
      return readFileSync(join(folder, 'certs', 'apiserver.crt'), 'utf8')
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(
    `kube-apiserver did not start:\n${readFileSync(join(folder, 'kube-apiserver.log'), 'utf8').slice(-2000)}`,
  )
}

async function findPorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function formatKubeconfig(server: string, ca: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [
      { name: 'test', cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } },
    ],
    users: [{ name: 'smc', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'smc' } }],
  })
}
