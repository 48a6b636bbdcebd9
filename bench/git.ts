import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnect } from '../lib/adapters/egress/connect.ts'
import { createEgress } from '../lib/adapters/egress/egress.ts'
import { createGitClient } from '../lib/adapters/git/git-client.ts'
import type { GitClient } from '../lib/ports.ts'
import { type GitHttpServer, startGitHttpServer } from '../test/servers/git-http-server.ts'
import { type GitRepository, isolatedGitEnvironment } from '../test/servers/git-repository.ts'
import { median } from './median.ts'

/**
 * Reading one overlay out of a repository of many: this service beside `git` with a sparse partial clone, first from
 * nothing, then after a commit that changed one file. Run with `bin/node bench/git.ts [applications]`.
 */
const applications = Number(process.argv[2] ?? 500)
const rounds = 5
const directories = ['apps/app-7/base', 'apps/app-7/overlays/prod']
const paths = [
  'apps/app-7/base/kustomization.yaml',
  'apps/app-7/base/settings.yaml',
  'apps/app-7/overlays/prod/kustomization.yaml',
  'apps/app-7/overlays/prod/secrets.enc.yaml',
]

const run = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'bench-git-'))
const server = await startGitHttpServer()
const repository = createApplications(server)
const remote = { url: `${server.url}/apps.git` }
const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })

interface Cost {
  readonly requests: number
  readonly bytes: number
  readonly durationMs: number
}

const costs: Record<'smc cold' | 'smc warm' | 'git cold' | 'git warm', Cost[]> = {
  'smc cold': [],
  'smc warm': [],
  'git cold': [],
  'git warm': [],
}

for (let round = 0; round < rounds; round++) {
  const clone = join(scratch, `clone-${round}`)
  const client = createGitClient({ egress, connect, readCredential: async () => null })
  costs['smc cold'].push(await measure(() => readOverlay(client)))
  costs['git cold'].push(await measure(() => cloneOverlay(clone)))
  commitChange(repository, round)
  costs['smc warm'].push(await measure(() => readOverlay(client)))
  costs['git warm'].push(await measure(() => updateOverlay(clone)))
}
await server.close()
rmSync(scratch, { recursive: true, force: true })
printTable()

async function readOverlay(client: GitClient): Promise<void> {
  const { refs } = await client.listRefs(remote)
  const snapshot = await client.open(remote, refs.get('refs/heads/main') ?? '')
  const contents = await snapshot.readFiles(paths)
  if (contents.size !== paths.length) throw new Error('incomplete')
}

async function cloneOverlay(clone: string): Promise<void> {
  await git(scratch, 'clone', '-q', '--depth', '1', '--filter=blob:none', '--sparse', remote.url, clone)
  await git(clone, 'sparse-checkout', 'set', ...directories)
}

async function updateOverlay(clone: string): Promise<void> {
  await git(clone, 'fetch', '-q', '--depth', '1', 'origin', 'main')
  await git(clone, 'checkout', '-q', 'FETCH_HEAD')
}

async function git(cwd: string, ...args: string[]): Promise<void> {
  await run('git', args, { cwd, env: isolatedGitEnvironment() })
}

async function measure(work: () => Promise<void>): Promise<Cost> {
  server.requests.length = 0
  const startedAt = performance.now()
  await work()
  const durationMs = performance.now() - startedAt
  // The server counts a request when it has closed its answer.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const bytes = server.requests.reduce(
    (sum, { receivedBytes, sentBytes }) => sum + receivedBytes + sentBytes,
    0,
  )
  return { requests: server.requests.length, bytes, durationMs }
}

function createApplications({ createRepository }: GitHttpServer): GitRepository {
  const created = createRepository('apps.git')
  const files = Array.from({ length: applications }, (_, index) => [
    [`apps/app-${index}/base/kustomization.yaml`, 'resources: [settings.yaml]\n'],
    [`apps/app-${index}/base/settings.yaml`, `name: app-${index}\n`],
    [`apps/app-${index}/overlays/prod/kustomization.yaml`, 'resources: [../../base, secrets.enc.yaml]\n'],
    [`apps/app-${index}/overlays/prod/secrets.enc.yaml`, `${'value: ENC[...]\n'.repeat(100)}# ${index}\n`],
  ])
  created.commit({ ...Object.fromEntries(files.flat()), 'image.bin': Buffer.alloc(20_000_000, 'random?') })
  created.git('repack', '-adq')
  return created
}

function commitChange({ commit }: GitRepository, round: number): void {
  commit({
    'apps/app-7/overlays/prod/secrets.enc.yaml': `${'value: ENC[...]\n'.repeat(100)}# round ${round}\n`,
  })
}

function printTable(): void {
  const medians = Object.entries(costs).map(([name, taken]) => ({
    name,
    requests: median(taken.map(({ requests }) => requests)),
    bytes: median(taken.map(({ bytes }) => bytes)),
    'time (ms)': Math.round(median(taken.map(({ durationMs }) => durationMs))),
  }))
  console.log(`${applications} applications, ${applications * 4 + 1} files, medians of ${rounds} rounds`)
  console.table(Object.fromEntries(medians.map(({ name, ...cost }) => [name, cost])))
  for (const temperature of ['cold', 'warm']) {
    const [own, other] = ['smc', 'git'].map((tool) =>
      medians.find(({ name }) => name === `${tool} ${temperature}`),
    )
    if (!own || !other) continue
    const ratio = (key: 'requests' | 'bytes' | 'time (ms)') => (own[key] / other[key]).toFixed(2)
    console.log(
      `${temperature}: smc / git = ${ratio('requests')} requests, ${ratio('bytes')} bytes, ${ratio('time (ms)')} time`,
    )
  }
}
