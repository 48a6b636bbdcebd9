import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnect } from '../lib/adapters/egress/connect.ts'
import { createEgress } from '../lib/adapters/egress/egress.ts'
import { createGitClient } from '../lib/adapters/git/git-client.ts'
import { createSyncConfig } from '../lib/sync/sync-config.ts'
import { createConfigManifest, createRepositoryManifest } from '../test/fakes/in-memory-configs.ts'
import { createSyncHarness } from '../test/fakes/sync-harness.ts'
import { startGitHttpServer } from '../test/servers/git-http-server.ts'
import { isolatedGitEnvironment } from '../test/servers/git-repository.ts'
import { openLargeRepository } from './large-repository.ts'
import { type Cost, formatRatios, measureCost, medianCost } from './measure-cost.ts'

/**
 * From a commit that changed one key of an encrypted overlay to its values: this service, which then also plans and
 * writes them into its local store, beside the best that a shell does (a sparse partial clone, `sops`, `kustomize`).
 * Needs git, sops and kustomize on PATH. Run with `bin/node bench/pipeline.ts [rounds]`.
 */
const rounds = Number(process.argv[2] ?? 9)
const overlay = 'apps/shop/overlays/prod'
const secretFile = `${overlay}/secrets.enc.yaml`
const keyFile = join(import.meta.dirname, '../test/fixtures/keys/x25519.agekey')

const run = promisify(execFile)
const environment = { ...isolatedGitEnvironment(), SOPS_AGE_KEY_FILE: keyFile }
const scratch = mkdtempSync(join(tmpdir(), 'bench-pipeline-'))
const server = await startGitHttpServer()
const repository = openLargeRepository(server, 'shop.git')
const url = `${server.url}/shop.git`
const sealed = join(scratch, 'secrets.enc.yaml')
commitOverlay()

const harness = createSyncHarness({ ageKeys: readFileSync(keyFile, 'utf8') })
const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })
const git = createGitClient({ egress, connect, readCredential: async () => null })
const sync = createSyncConfig({ ...harness.dependencies, git })
harness.configs.put(createRepositoryManifest({ url }))
harness.configs.put(createConfigManifest('shop', { kustomizePath: overlay }))

const costs: Record<'smc cold' | 'smc warm' | 'shell', Cost[]> = { 'smc cold': [], 'smc warm': [], shell: [] }
costs['smc cold'].push(await measureCost(server, () => syncOnce('cold')))
for (let round = 0; round < rounds; round++) {
  commitChange(round)
  costs['smc warm'].push(await measureCost(server, () => syncOnce(`round-${round}`)))
  costs.shell.push(await measureCost(server, () => runShell(join(scratch, `clone-${round}`))))
}
harness.close()
await server.close()
rmSync(scratch, { recursive: true, force: true })

const table = Object.fromEntries(Object.entries(costs).map(([name, taken]) => [name, medianCost(taken)]))
console.log(`400 MB, 200 commits, medians of ${rounds} rounds`)
console.table(table)
const [warm, shell] = [table['smc warm'], table['shell']]
if (warm && shell) console.log(`warm: smc / shell = ${formatRatios(warm, shell)}`)

async function syncOnce(requestId: string): Promise<void> {
  const poke = harness.poke('shop', { requestId })
  const { result, outcomes } = await sync(poke, { deadlineAt: harness.clock.now() + 60_000 })
  if (outcomes.length === 0) throw new Error(`nothing was written: ${result}`)
}

async function runShell(clone: string): Promise<void> {
  const inClone = async (program: string, ...args: string[]) => {
    await run(program, args, { cwd: clone, env: environment })
  }
  const clonePartly = ['--depth', '1', '--filter=blob:none', '--sparse', '--no-checkout']
  await run('git', ['clone', '-q', ...clonePartly, url, clone], { env: environment })
  await inClone('git', 'sparse-checkout', 'set', 'apps/shop/base', overlay)
  await inClone('git', 'checkout', '-q', 'main')
  await inClone('sops', 'decrypt', '--in-place', secretFile)
  await inClone('kustomize', 'build', overlay)
}

function commitOverlay(): void {
  const keys = ['API_KEY', 'DATABASE_PASSWORD', 'SESSION_SECRET', 'SMTP_PASSWORD']
  const values = keys.map((key) => `  ${key}: ${key.toLowerCase()}-value\n`).join('')
  writeFileSync(sealed, `apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\nstringData:\n${values}`)
  const recipient = /age1\w+/.exec(readFileSync(keyFile, 'utf8'))?.[0] ?? ''
  const rule = ['--encrypted-regex', '^(data|stringData)$']
  execFileSync('sops', ['encrypt', '--in-place', '--age', recipient, ...rule, sealed], { stdio: 'pipe' })
  repository.commit({
    'apps/shop/base/kustomization.yaml': 'resources: [settings.yaml]\n',
    'apps/shop/base/settings.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {level: info}\n',
    [`${overlay}/kustomization.yaml`]: 'resources: [../../base, secrets.enc.yaml]\nnamePrefix: prod-\n',
    [secretFile]: readFileSync(sealed),
  })
}

function commitChange(round: number): void {
  execFileSync('sops', ['set', sealed, '["stringData"]["API_KEY"]', `"round-${round}"`], { env: environment })
  repository.commit({ [secretFile]: readFileSync(sealed) })
}
