import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { median } from './median.ts'

/**
 * How long the webhook's module takes to load in a fresh process, beside its AWS clients alone, both bundled as they
 * are deployed. Prints medians of 20 runs, taken in turn. Fails where it takes more than twice as long.
 */
const runs = 20
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'smc-bench-'))

const clients = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
  import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
  import { SQSClient } from '@aws-sdk/client-sqs'
  export const clients = [new DynamoDBClient(), new SecretsManagerClient(), new SQSClient()]
`
const banner = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);"

try {
  await bundle('webhook', { entryPoints: ['functions/webhook/index.ts'] })
  await bundle('clients', { stdin: { contents: clients, resolveDir: root } })
  const timesMs = { webhook: [] as number[], clients: [] as number[] }
  for (let run = 0; run < runs; run += 1) {
    timesMs.webhook.push(loadOnce('webhook'))
    timesMs.clients.push(loadOnce('clients'))
  }
  const [webhook, alone] = [median(timesMs.webhook), median(timesMs.clients)]
  const ratio = webhook / alone
  console.log(
    `webhook ${webhook.toFixed(1)} ms, its AWS clients alone ${alone.toFixed(1)} ms: ${ratio.toFixed(2)}`,
  )
  process.exitCode = ratio <= 2 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

async function bundle(name: string, options: BuildOptions): Promise<void> {
  await build({
    ...options,
    absWorkingDir: root,
    outfile: join(folder, `${name}.mjs`),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'silent',
  })
}

/** Milliseconds from before the import until the module has run. */
function loadOnce(name: string): number {
  const script = `const t = performance.now(); await import(${JSON.stringify(join(folder, `${name}.mjs`))}); console.log(performance.now() - t); process.exit()`
  const env = {
    AWS_REGION: 'eu-west-1',
    STATE_TABLE: 'state',
    WATCH_QUEUE_URL: 'https://sqs.test/watch.fifo',
    SYNC_QUEUE_URL: 'https://sqs.test/sync.fifo',
    WEBHOOK_SECRET_ARNS: 'github=arn:aws:secretsmanager:eu-west-1:123456789012:secret:smc/bench',
  }
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' }),
  )
}
