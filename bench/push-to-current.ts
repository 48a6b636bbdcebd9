import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalStoreReader, openLocalStoreReader } from '../lib/adapters/stores/local/reader.ts'
import { systemClock } from '../lib/adapters/system-clock.ts'
import { git, startService } from '../test/e2e/embedded/smc.ts'

/**
 * From the start of `git push` until AWSCURRENT of the store is another version: the quickstart with a real push over
 * smart HTTP, the hook's delivery, both queue hops and the sync. Prints milliseconds.
 */
const pushes = Number(process.argv[2] ?? 50)
const secretName = 'shop-dev-FEATURE_FLAGS'
const overlay = 'microservices/shop/deployment-configuration/profiles/dev/kustomization.yaml'

const service = await startService()
const folder = mkdtempSync(join(tmpdir(), 'smc-bench-'))
const reader = openLocalStoreReader(join(service.home, 'secrets.db'), systemClock)
try {
  const clone = join(folder, 'shop')
  await git(folder, 'clone', '--quiet', (await service.run('quickstart')).trim(), clone)
  const timesMs: number[] = []
  const pushTimesMs: number[] = []
  for (let push = 0; push < pushes; push++) {
    const { toCurrentMs, pushMs } = await pushOnce(clone, push)
    timesMs.push(toCurrentMs)
    pushTimesMs.push(pushMs)
  }
  print('git push alone', pushTimesMs)
  print('push to AWSCURRENT', timesMs)
} finally {
  reader.close()
  rmSync(folder, { recursive: true, force: true })
  await service.stop()
}

async function pushOnce(clone: string, push: number): Promise<{ toCurrentMs: number; pushMs: number }> {
  const file = join(clone, overlay)
  writeFileSync(file, readFileSync(file, 'utf8').replace(/FEATURE_FLAGS=.*/, `FEATURE_FLAGS=push-${push}`))
  await git(clone, 'commit', '--quiet', '--all', '--message', `Push ${push}`)
  const before = readCurrent(reader)
  const startedAt = performance.now()
  const pushed = git(clone, 'push', '--quiet', 'origin', 'HEAD:main').then(
    () => performance.now() - startedAt,
  )
  while (readCurrent(reader) === before) await new Promise((resolve) => setTimeout(resolve, 2))
  const toCurrentMs = performance.now() - startedAt
  return { toCurrentMs, pushMs: await pushed }
}

function readCurrent(store: LocalStoreReader): string | undefined {
  return store.list().find(({ name }) => name === secretName)?.current
}

function print(what: string, timesMs: readonly number[]): void {
  const sorted = timesMs.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN)
  console.log(`${what}: ${sorted.length} pushes, min ${at(0)} p50 ${at(0.5)} p95 ${at(0.95)} max ${at(1)} ms`)
}
