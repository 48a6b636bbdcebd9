import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createKeyServices } from '../lib/adapters/keys/index.ts'
import type { KeyService } from '../lib/ports.ts'
import { createDataKeyCache } from '../lib/sync/load/data-key-cache.ts'
import { decryptFile } from '../lib/sync/load/decrypt-file.ts'
import { createDataKeyUnwrapper, type DataKeyUnwrapper } from '../lib/sync/load/unwrap-data-key.ts'
import { startKmsServer } from '../test/fakes/kms-server.ts'
import { seal, sealedDataKey, sealFile } from '../test/fakes/seal-file.ts'

/**
 * Decrypting in this process beside the real `sops -d`, by turns in one run. The process is warm, as a Lambda container
 * is from its second message on; `sops` starts anew for every file, which is how it is used. Nothing is cached between
 * rounds unless the row says so. Run with `bin/node bench/sops.ts [rounds]`, sops on PATH.
 */
const rounds = Number(process.argv[2] ?? 15)
const shared = 300
const keyFile = join(import.meta.dirname, '../test/fixtures/keys/sops-vectors.agekey')
const recipient = /public key: (age1\w+)/.exec(readFileSync(keyFile, 'utf8'))?.[1] ?? ''
const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/be237a0f-4ffa-4602-8e78-0d2ef9e6df2c'

const run = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'bench-sops-'))
const kms = await startKmsServer([{ keyId: keyArn, ciphertext: 'b3du', plaintext: sealedDataKey }])
Object.assign(process.env, {
  SOPS_AGE_KEY_FILE: keyFile,
  AWS_ENDPOINT_URL_KMS: kms.url,
  AWS_ACCESS_KEY_ID: 'AKIABENCH',
  AWS_SECRET_ACCESS_KEY: 'bench',
})

interface Row {
  readonly name: string
  readonly files: readonly string[]
  readonly targetRatio?: number
  /** Key services of a container; a cache of data keys goes with them. */
  readonly isCached: boolean
  /** Fewer where each takes long. */
  readonly rounds: number
  /** How often ours is run in a round, for its mean. */
  readonly repeats: number
}

const rows: readonly Row[] = [
  { name: '1 KB, 18 leaves', files: [encrypt(18)], targetRatio: 20, isCached: false, rounds, repeats: 10 },
  {
    name: '100 KB, 1,800 leaves',
    files: [encrypt(1_800)],
    targetRatio: 3,
    isCached: false,
    rounds,
    repeats: 1,
  },
  {
    name: '1 MB, 18,000 leaves',
    files: [encrypt(18_000)],
    targetRatio: 2.5,
    isCached: false,
    rounds: Math.ceil(rounds / 3),
    repeats: 1,
  },
  {
    name: `${shared} files of one data key, age`,
    files: repeat(encrypt(18)),
    isCached: true,
    rounds: 1,
    repeats: 1,
  },
  {
    name: `${shared} files of one data key, KMS`,
    files: repeat(sealForKms()),
    isCached: true,
    rounds: 1,
    repeats: 1,
  },
]

const services = createKeyServices({
  age: { keys: [{ source: keyFile, text: readFileSync(keyFile, 'utf8') }] },
  kms: { isGranted: () => true },
})
await warmUp()
console.table(Object.fromEntries(await measureRows()))
await kms.stop()
rmSync(scratch, { recursive: true, force: true })

async function measureRows() {
  const measured: [string, object][] = []
  for (const row of rows) measured.push([row.name, await measureRow(row)])
  return measured
}

async function measureRow(row: Row) {
  const own: number[] = []
  const other: number[] = []
  const calls = { own: 0, other: 0 }
  for (let round = 0; round < row.rounds; round++) {
    const before = kms.calls.length
    own.push((await measure(() => decryptRepeatedly(row))) / row.repeats)
    const between = kms.calls.length
    other.push(await measure(() => runSops(row.files)))
    calls.own += between - before
    calls.other += kms.calls.length - between
  }
  const ratio = median(other) / median(own)
  return {
    'smc (ms)': median(own).toFixed(2),
    'sops -d (ms)': median(other).toFixed(1),
    'times faster': ratio.toFixed(1),
    target: row.targetRatio ?? '',
    'KMS calls': `${calls.own} / ${calls.other}`,
  }
}

/** One short decryption after a pause measures how cold the caches of the processor are. */
async function decryptRepeatedly(row: Row): Promise<void> {
  for (let repeat = 0; repeat < row.repeats; repeat++) await decryptAll(row)
}

async function decryptAll({ files, isCached }: Row): Promise<void> {
  const cache = isCached ? createDataKeyCache({ now: () => performance.now() }).forGrant('bench') : undefined
  const unwrap = createUnwrapper(services, cache)
  await Promise.all(files.map((path) => decrypt(path, unwrap)))
}

function createUnwrapper(
  held: readonly KeyService[],
  cache: ReturnType<ReturnType<typeof createDataKeyCache>['forGrant']> | undefined,
): DataKeyUnwrapper {
  return createDataKeyUnwrapper({ services: held, ...(cache && { cache }) })
}

/** Reads the file as well, since sops does. */
async function decrypt(path: string, unwrap: DataKeyUnwrapper): Promise<Uint8Array> {
  return await decryptFile({ path, bytes: readFileSync(path) }, unwrap)
}

async function runSops(files: readonly string[]): Promise<void> {
  for (const path of files) await run('sops', ['-d', path], { maxBuffer: 64 * 1024 * 1024 })
}

async function measure(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Also makes sure that both say the same. */
async function warmUp(): Promise<void> {
  const unwrap = createUnwrapper(services, undefined)
  for (const { name, files } of rows) {
    const [path = ''] = files
    const { stdout } = await run('sops', ['-d', path], { maxBuffer: 64 * 1024 * 1024 })
    const own = Buffer.from(await decrypt(path, unwrap)).toString('utf8')
    if (own !== stdout) throw new Error(`${name}: the two differ`)
  }
  for (let round = 0; round < 300; round++) await decrypt(rows[0]?.files[0] ?? '', unwrap)
  for (let round = 0; round < 5; round++) await decrypt(rows[1]?.files[0] ?? '', unwrap)
}

/** A file as Helm values or a large Secret have it: maps of a dozen values of 36 characters. */
function encrypt(leaves: number): string {
  const path = join(scratch, `${leaves}.yaml`)
  const lines = Array.from({ length: leaves }, (_, leaf) => [
    ...(leaf % 60 === 0 ? [`app${leaf}:`] : []),
    ...(leaf % 12 === 0 ? [`    group${leaf}:`] : []),
    `        key_${leaf % 12}: ${createText(leaf)}`,
  ])
  writeFileSync(path, `${lines.flat().join('\n')}\n`)
  const encrypted = execFileSync('sops', ['-e', '--age', recipient, path], { maxBuffer: 64 * 1024 * 1024 })
  const target = join(scratch, `${leaves}.enc.yaml`)
  writeFileSync(target, encrypted)
  return target
}

function createText(seed: number): string {
  return Array.from({ length: 36 }, (_, at) => ((seed * 7919 + at * 104_729) % 36).toString(36)).join('')
}

function sealForKms(): string {
  const kmsEntry = { arn: keyArn, created_at: '2026-01-02T03:04:05Z', enc: 'b3du', aws_profile: '' }
  const keys = Array.from({ length: 18 }, (_, index) => `key_${index}`)
  const path = join(scratch, 'kms.enc.yaml')
  const sealed = sealFile({
    format: 'yaml',
    body: keys.map((key) => `${key}: ${seal(createText(1), `${key}:`)}`).join('\n'),
    hashed: keys.map(() => createText(1)).join(''),
    metadata: { age: undefined, kms: [kmsEntry] },
  })
  writeFileSync(path, sealed)
  return path
}

function repeat(path: string): string[] {
  return Array.from({ length: shared }, () => path)
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
