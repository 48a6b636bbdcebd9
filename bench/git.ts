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
import { type Cost, formatRatios, measureCost, medianCost } from './measure-cost.ts'

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

const costs: Record<'smc cold' | 'smc warm' | 'git cold' | 'git warm', Cost[]> = {
  'smc cold': [],
  'smc warm': [],
  'git cold': [],
  'git warm': [],
}

for (let round = 0; round < rounds; round++) {
  const clone = join(scratch, `clone-${round}`)
  const client = createGitClient({ egress, connect, readCredential: async () => null })
  costs['smc cold'].push(await measureCost(server, () => readOverlay(client)))
  costs['git cold'].push(await measureCost(server, () => cloneOverlay(clone)))
  commitChange(repository, round)
  costs['smc warm'].push(await measureCost(server, () => readOverlay(client)))
  costs['git warm'].push(await measureCost(server, () => updateOverlay(clone)))
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
  const medians = Object.fromEntries(Object.entries(costs).map(([name, taken]) => [name, medianCost(taken)]))
  console.log(`${applications} applications, ${applications * 4 + 1} files, medians of ${rounds} rounds`)
  console.table(medians)
  for (const temperature of ['cold', 'warm']) {
    const [own, other] = [medians[`smc ${temperature}`], medians[`git ${temperature}`]]
    if (own && other) console.log(`${temperature}: smc / git = ${formatRatios(own, other)}`)
  }
}
