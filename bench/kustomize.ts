import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createDirectoryTree } from '../lib/adapters/git/directory-tree.ts'
import { buildOverlay } from '../lib/core/kustomize/build.ts'
import { loadBuild } from '../lib/sync/load/load-build.ts'
import { createDataKeyUnwrapper } from '../lib/sync/load/unwrap-data-key.ts'
import { median } from './median.ts'

/**
 * Building overlays of more and more objects: this service in its own process, from the files on disk to the objects,
 * beside `kustomize build`, which is left out above 1,000 objects, since its time grows faster than theirs. Needs `kustomize` on PATH.
 * Run with `bin/node bench/kustomize.ts [objects...]`.
 */
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [2, 100, 200, 1_000, 10_000]

const run = promisify(execFile)
const root = mkdtempSync(join(tmpdir(), 'bench-kustomize-'))
const unwrap = createDataKeyUnwrapper({ services: [] })

const rows = []
for (const size of sizes) {
  const rounds = size > 1_000 ? 3 : 15
  const directory = writeOverlay(size)
  // Both once beforehand: the compiler and the page cache are warm in a service that runs.
  for (let round = 0; round < (size > 1_000 ? 1 : 50); round++) await buildOwn(directory)
  const own: number[] = []
  const real: number[] = []
  for (let round = 0; round < rounds; round++) {
    if (size <= 1_000) real.push(await measure(() => buildReal(directory)))
    own.push(await measure(() => buildOwn(directory)))
  }
  const [ownMs, realMs] = [median(own), median(real)]
  rows.push({
    objects: size,
    'smc (ms)': Number(ownMs.toFixed(2)),
    ...(real.length > 0 && {
      'kustomize (ms)': Number(realMs.toFixed(1)),
      'times faster': Number((realMs / ownMs).toFixed(1)),
    }),
    'smc per object (µs)': Math.round((ownMs * 1_000) / size),
  })
}
rmSync(root, { recursive: true, force: true })
console.table(rows)

/** A base of plain objects, and above it what most overlays do: names, labels, a patch, a generator. */
function writeOverlay(size: number): string {
  const directory = `overlay-${size}`
  const objects = Array.from({ length: size }, (_, at) => formatObject(at))
  const files = {
    'base/kustomization.yaml': 'resources: [objects.yaml]\n',
    'base/objects.yaml': objects.join('---\n'),
    'top/kustomization.yaml': [
      'resources: [../base]',
      'namePrefix: dev-',
      'namespace: shop',
      'commonLabels: {app: shop}',
      'secretGenerator: [{name: database, envs: [database.env]}]',
      'patches:',
      '- path: patch.yaml',
      '- target: {kind: Secret}',
      '  patch: |-',
      '    - {op: add, path: /metadata/annotations, value: {team: shop}}',
      '',
    ].join('\n'),
    'top/database.env': 'USER=shop\nPASSWORD=correct horse\n',
    'top/patch.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: object-0}\nstringData: {level: debug}\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, directory, path)), { recursive: true })
    writeFileSync(join(root, directory, path), text)
  }
  return directory
}

function formatObject(at: number): string {
  const [kind, field] = at % 2 === 0 ? ['Secret', 'stringData'] : ['ConfigMap', 'data']
  const pairs = [
    'host: db.example.com',
    'port: "5432"',
    `name: shop-${at}`,
    'url: "https://example.com/path?x=y"',
  ]
  const body = pairs.map((pair) => `  ${pair}\n`).join('')
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: object-${at}\n  labels:\n    tier: backend\n${field}:\n${body}`
}

async function buildOwn(directory: string): Promise<void> {
  const { tree, readFiles } = createDirectoryTree(root)
  const path = `${directory}/top`
  const { objects } = await loadBuild((files) => buildOverlay({ tree, files, path }), { readFiles, unwrap })
  if (objects.length < 2) throw new Error('incomplete')
}

async function buildReal(directory: string): Promise<void> {
  await run('kustomize', ['build', join(root, directory, 'top')], { maxBuffer: 2 ** 30 })
}

async function measure(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
