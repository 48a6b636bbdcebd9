import { createConfigManifest } from '../test/e2e/aws/stack/manifests.ts'
import { overlayPath } from '../test/e2e/aws/stack/overlays.ts'
import { type Service, startService } from '../test/e2e/aws/stack/service.ts'
import { openShop, type Shop } from '../test/e2e/aws/stack/shop.ts'
import { waitFor } from '../test/e2e/aws/stack/wait-for.ts'
import { deployStub } from './deployed/deploy-stub.ts'
import { recordPush } from './deployed/record-push.ts'

/**
 * The stack, deployed into the emulators: from the delivery of a push that changes five secrets until the fifth is
 * current, beside a stub that makes the same calls through the same two queue hops, in turn. Then one push that
 * concerns many configs. Arguments: pushes (100), configs (300). Fails where p95 is more than a second above the stub.
 */
const pushes = Number(process.argv[2] ?? 100)
const fanOut = Number(process.argv[3] ?? 300)
const changedSecrets = 5
const patienceMs = 120_000

const service = await startService()
try {
  const shop = await openShop(service)
  await service.functions.invoke('reconcile')
  await shop.waitForHead('dev')
  let count = 0
  const pushOnce = async () => {
    const file = await encryptValues(service, count++)
    const commit = shop.repository.commit({ [`${overlayPath('dev')}/database.env`]: file })
    const timeMs = await measureWrites(service, 'shop-dev-BENCH_', () =>
      service.api.deliverPush(shop.url, commit),
    )
    await shop.waitForHead('dev', patienceMs)
    return timeMs
  }
  const waves = await recordPush(service, {
    warmUp: async () => {
      for (let n = 0; n < 4; n += 1) await pushFirst(service, shop, count++)
    },
    record: async () => void (await pushOnce()),
  })
  for (let n = 0; n < 2 * changedSecrets; n += 1)
    await service.account.createSecret(`stub-BENCH_${n}`, 'none')
  const deliver = await deployStub(service.cloud, waves)
  for (let n = 0; n < 2; n += 1) await pushOnce()
  const timesMs = { service: [] as number[], stub: [] as number[] }
  for (let n = 0; n < pushes; n += 1) {
    timesMs.service.push(await pushOnce())
    timesMs.stub.push(await measureWrites(service, 'stub-BENCH_', deliver))
  }
  const [ours, floor] = [print('service', timesMs.service), print('stub   ', timesMs.stub)]
  console.log(`on top of the stub: p50 ${ours.p50 - floor.p50} ms, p95 ${ours.p95 - floor.p95} ms`)
  process.exitCode = ours.p95 - floor.p95 <= 1_000 ? 0 : 1
  if (fanOut > 0) await measureFanOut(service, shop)
} finally {
  await service.stop()
}

/** Ten secrets, of which five change each time: more than sixty writes in a row would have to wait. */
async function encryptValues({ encrypt }: Service, n: number): Promise<string> {
  const half = n % 2
  const lines = Array.from({ length: 2 * changedSecrets }, (_, key) => {
    const isInTurn = Math.floor(key / changedSecrets) === half
    return `BENCH_${key}=value-${isInTurn ? n : n - 1}\n`
  })
  return await encrypt('database.env', lines.join(''))
}

async function pushFirst(service: Service, shop: Shop, n: number): Promise<void> {
  await shop.push({ [`${overlayPath('dev')}/database.env`]: await encryptValues(service, n) })
  await shop.waitForHead('dev', patienceMs)
}

/** Milliseconds from the start of `deliver` until as many values are written as one push changes. */
async function measureWrites(
  { cloud }: Service,
  prefix: string,
  deliver: () => Promise<unknown>,
): Promise<number> {
  const { secretsManager } = cloud
  let written = 0
  const startedAt = performance.now()
  const done = new Promise<number>((resolve) => {
    secretsManager.interfere = async ({ action, name }) => {
      if (action === 'PutSecretValue' && name.startsWith(prefix)) written += 1
      if (written === changedSecrets) resolve(performance.now() - startedAt)
      return undefined
    }
  })
  await deliver()
  const timeMs = await done
  secretsManager.interfere = undefined
  return timeMs
}

function print(what: string, timesMs: readonly number[]): { readonly p50: number; readonly p95: number } {
  const sorted = timesMs.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN)
  const found = { p50: at(0.5), p95: at(0.95) }
  console.log(`${what}: ${sorted.length} pushes, p50 ${found.p50} ms, p95 ${found.p95} ms`)
  return found
}

/** Configs that publish the same overlay under names of their own. */
async function measureFanOut(service: Service, shop: Shop): Promise<void> {
  const {
    manifests,
    cloud,
    functions,
    cloud: { secretsManager },
  } = service
  const template = createConfigManifest('shop', 'prod', cloud.region) as {
    readonly metadata: object
    readonly spec: { readonly secrets: object }
  }
  const configs = Array.from({ length: fanOut }, (_, n) => ({
    ...template,
    metadata: { ...template.metadata, name: `fan-${n}` },
    spec: { ...template.spec, secrets: { ...template.spec.secrets, prefix: `fan-${n}` } },
  }))
  await manifests.publish('fan.yaml', ...configs)
  const isAtHead = async () => {
    const { body } = await service.api.call('GET', '/configs')
    const commit = shop.repository.git('rev-parse', 'main')
    return (body as readonly { id: string; phase: string; revision: string | null }[]).filter(
      ({ id, phase, revision }) => id.includes('/fan-') && phase === 'Ready' && revision?.endsWith(commit),
    ).length
  }
  await functions.invoke('reconcile')
  await waitFor(isAtHead, (found) => found === fanOut, 30 * 60_000)
  const { length } = secretsManager.calls
  const startedAt = performance.now()
  await shop.push({
    [`${overlayPath('prod')}/database.env`]: await service.encrypt('database.env', 'DATABASE_PASSWORD=fan\n'),
  })
  await waitFor(isAtHead, (found) => found === fanOut, 30 * 60_000)
  const written = secretsManager.calls
    .slice(length)
    .filter(({ action, name }) => action === 'PutSecretValue' && name.startsWith('fan-'))
  const names = new Set(written.map(({ name }) => name))
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(
    `fan-out: ${names.size} of ${fanOut} configs written, ${written.length} writes, in ${seconds} s`,
  )
  if (names.size !== fanOut || written.length !== fanOut) process.exitCode = 1
}
