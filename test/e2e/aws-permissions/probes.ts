import type { Scene } from '../aws/scenarios/scene.ts'
import { type FunctionName, type LogLine, readLines } from '../aws/stack/function-logs.ts'
import { createConfigManifest } from '../aws/stack/manifests.ts'
import { overlayPath } from '../aws/stack/overlays.ts'
import { type Changes, configIdOf } from '../aws/stack/shop.ts'
import { waitFor } from '../aws/stack/wait-for.ts'

/** Tries all that a function does. Resolves to `null` where it can, else to the code by which it cannot. */
export type Probe = (scene: Scene) => Promise<string | null>

const sleeper = configIdOf('sleeper')
const recordReturned = 'record returned to the queue'
const patienceMs = 50_000
let tries = 0

/** A config that is suspended: to look at it costs nothing, and each edition of its manifest is due once. */
async function publishSleeper({ service }: Scene): Promise<void> {
  tries += 1
  const manifest = createConfigManifest('shop', 'sleeper', service.cloud.region) as { readonly spec: object }
  const spec = {
    ...manifest.spec,
    suspend: true,
    provider: { aws: { region: 'eu-west-1', tags: { try: String(tries) } } },
  }
  await service.manifests.publish('sleeper.yaml', { ...manifest, spec })
}

/** A signed delivery, to a process that knows no secret yet. */
export const probeWebhook: Probe = async ({ service }) => {
  tries += 1
  await service.functions.crash('webhook')
  const { status, body } = await service.api.deliverPush(
    `https://git.test/nobody/follows-${tries}.git`,
    '1'.repeat(40),
  )
  return status === 202 ? null : readCode(body)
}

/** A pass with a config and a repository that are due, in the turn of nobody. */
export const probeReconcile: Probe = async (scene) => {
  const { service } = scene
  await publishSleeper(scene)
  await service.account.removeItem(service.outputs['StateTable'] ?? '', { pk: 'tick', sk: 'tick' })
  const sinceNow = await follow(scene, 'reconcile')
  try {
    const report = (await service.functions.invoke('reconcile')) as Record<string, number>
    const unreadable = (await sinceNow()).find(({ message }) => message === 'config source not readable')
    if (unreadable) return unreadable.code ?? 'unknown'
    const due = [report['configs'], report['repositories'], report['sweeps']]
    if (due.some((count) => !count)) return `nothing was due: ${due}`
    await scene.shop.waitForConfig('sleeper', ({ phase }) => phase === 'Suspended')
    return null
  } catch (failure) {
    return String(failure)
  }
}

/** A question and a request. */
export const probeApi: Probe = async ({ service }) => {
  const asked = await service.api.call('GET', `/configs/${sleeper}`)
  if (asked.status !== 200) return readCode(asked.body)
  const requested = await service.api.call('POST', `/configs/${sleeper}/sync`)
  return requested.status === 202 ? null : readCode(requested.body)
}

/** A new and an edited secret, published by a process that remembers nothing, after a request. */
export const probeSync: Probe = async (scene) => {
  const { service, shop } = scene
  const sinceNow = await follow(scene, 'worker')
  await commitTry(scene, 'dev')
  await service.functions.crash('worker')
  const { body } = await service.api.call('POST', `/configs/${configIdOf('dev')}/sync`)
  const { requestId } = body as { readonly requestId: string }
  const answer = await waitFor(
    async () => {
      const { body } = await service.api.call('GET', `/requests/${requestId}`)
      const returned = (await sinceNow()).find(({ message }) => message === recordReturned)
      return returned ? { state: 'failed', result: returned.code } : (body as Answer)
    },
    ({ state }) => state !== 'queued',
    patienceMs,
  )
  if (answer.result !== 'ReconciliationSucceeded') return answer.result ?? 'unknown'
  await shop.waitForHead('dev')
  return null
}

/** A delivery, up to the poke for the config that it concerns. */
export const probeWatch: Probe = async (scene) => {
  const sinceNow = await follow(scene, 'worker')
  await scene.service.functions.crash('worker')
  await scene.shop.push(await formatTry(scene, 'prod'))
  return await waitForEnd(sinceNow, 'repository looked at', recordReturned)
}

/** A look at all secrets of the account. */
export const probeSweep: Probe = async (scene) => {
  const sinceNow = await follow(scene, 'worker')
  await scene.service.functions.crash('worker')
  return (await probeReconcile(scene)) ?? (await waitForEnd(sinceNow, 'swept', 'sweep failed'))
}

/** Resolves to `null` when the worker logs `done`, and to the code when it logs `failed`. */
async function waitForEnd(
  readSince: () => Promise<readonly LogLine[]>,
  done: string,
  failed: string,
): Promise<string | null> {
  const isEnd = ({ message }: LogLine) => message === done || message === failed
  const lines = await waitFor(readSince, (seen) => seen.some(isEnd), patienceMs)
  const end = lines.find(isEnd)
  return end?.message === done ? null : (end?.code ?? 'unknown')
}

/** What the function logs from now on. */
async function follow({ service }: Scene, name: FunctionName): Promise<() => Promise<readonly LogLine[]>> {
  const { length } = await readLines(service.cloud, name)
  return async () => (await readLines(service.cloud, name)).slice(length)
}

async function commitTry(scene: Scene, overlay: string): Promise<void> {
  scene.shop.repository.commit(await formatTry(scene, overlay))
}

/** The file of an overlay with a new secret and an edited one. */
async function formatTry({ service }: Scene, overlay: string): Promise<Changes> {
  tries += 1
  const text = `DATABASE_PASSWORD=try-${tries}\nTRY_${tries}=new\n`
  return { [`${overlayPath(overlay)}/database.env`]: await service.encrypt('database.env', text) }
}

interface Answer {
  readonly state: string
  readonly result?: string | undefined
}

function readCode(body: unknown): string {
  return (body as { readonly code?: string } | undefined)?.code ?? JSON.stringify(body)
}
