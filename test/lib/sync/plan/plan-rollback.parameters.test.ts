import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RollbackOrder } from '../../../../lib/core/audit/parse-order.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createBlameSecret } from '../../../../lib/sync/blame-secret.ts'
import { createRequests, type Requests } from '../../../../lib/sync/requests.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { crash, createCrashing } from '../../../fakes/crashing.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
const name = 'ssm:/api/dev/a'
const folder = 'api/deployment-configuration/dev'
const ada = { from: 'api', name: 'ada' } as const
let shop: RawShop
let requests: Requests
/** Version ids of the parameter by number of the commit. */
let versions: string[]

async function setUp(): Promise<void> {
  shop = createRawShop()
  shop.configs.put(rawConfig({}, { configs: { enabled: true } }))
  let count = 0
  const createRequestId = () => {
    count += 1
    return `order-${count}`
  }
  requests = createRequests({ ...shop, createRequestId })
  versions = []
  for (const n of [0, 1, 2]) await publish(n)
  shop.writes.length = 0
}

beforeEach(setUp)
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

async function publish(n: number): Promise<void> {
  shop.clock.advance(10 * minuteMs)
  shop.git.commit('main', {
    [`${folder}/application.properties`]: `a=${n}\nb=0`,
    [`${folder}/application.secrets.env`]: `A=${n}`,
  })
  await shop.sync()
  versions.push(await current())
}

const current = async () => (await shop.parameters.describe(name))?.current ?? ''

/** Carries out the request that was queued last. */
async function work() {
  shop.clock.advance(minuteMs)
  const sent = shop.queue.sent.at(-1)
  if (!sent) throw new Error('nothing was sent')
  await shop.sync(sent.poke)
  return await shop.state.readRequest(sent.poke.requestId)
}

async function rollback(order: Partial<RollbackOrder> = {}) {
  await requests.rollback(id, ada, { partial: false, dryRun: false, ...order })
  return await work()
}

const parameterWrites = () => shop.writes.filter((call) => call === 'put' || call === 'rewrite')

describe('a rollback of a parameter', () => {
  it('writes the former value again beside the labels that move, and asks no Git', async () => {
    vi.spyOn(shop.git, 'listRefs').mockRejectedValue(new Error('no Git is asked'))
    expect(await rollback()).toMatchObject({ state: 'done', result: 'ReconciliationSucceeded' })
    expect(await shop.parameters.describe(name)).toMatchObject({
      current: versions[1],
      tags: { 'smc-deployment': 'test' },
      parameter: { number: 4 },
    })
    expect(parameterWrites()).toEqual(['rewrite'])
    expect(shop.writes).toContain('moveCurrent')
  })

  it('is shown before, which writes nothing', async () => {
    const change = { action: 'relabel', name, versionId: versions[1], from: versions[2] }
    expect(await rollback({ dryRun: true })).toMatchObject({ plan: { changes: [{ name: 'api-A' }, change] } })
    expect(parameterWrites()).toEqual([])
  })

  it('stays until the config is resumed, is repaired meanwhile, and never writes an equal value', async () => {
    await rollback()
    await shop.sync({ trigger: 'manual' })
    expect(parameterWrites()).toEqual(['rewrite'])
    const edited = {
      name,
      versionId: 'e'.repeat(64),
      value: SecretValue.fromText('x'),
      kind: 'parameter',
    } as const
    await shop.parameters.put(edited)
    await publish(3)
    await shop.sync({ trigger: 'drift' })
    expect(await current()).toBe(versions[1])
    await requests.resume(id, ada)
    expect(await work()).toMatchObject({ state: 'done' })
    expect(await shop.parameters.describe(name)).toMatchObject({ parameter: { number: 7 } })
    expect(versions).not.toContain(await current())
  })

  it('goes one revision further each time, and history and blame tell of it', async () => {
    await rollback()
    await rollback()
    expect(await current()).toBe(versions[0])
    const [entry] = await shop.state.listHistory(id, 1)
    expect(entry?.outcomes).toContainEqual(
      expect.objectContaining({ action: 'relabel', name, versionId: versions[0], from: versions[1] }),
    )
    const [setting] = await createBlameSecret({ state: shop.state })({ name })
    expect(setting).toMatchObject({ versionId: versions[0], actor: ada })
  })

  it('names what AWS has dropped before anything moves, and moves the rest where that is meant', async () => {
    const listed = vi.spyOn(shop.parameters, 'listVersions').mockResolvedValue(new Map())
    const refused = await rollback()
    expect(refused).toMatchObject({ state: 'failed', result: 'VersionExpired' })
    expect(refused?.message).toContain(name)
    expect(shop.writes).not.toContain('moveCurrent')
    expect(await rollback({ partial: true })).toMatchObject({ state: 'done', result: 'VersionExpired' })
    expect(shop.writes).toContain('moveCurrent')
    expect(await current()).toBe(versions[2])
    expect(listed).toHaveBeenCalled()
  })

  it('takes a version that is younger than the history for another', async () => {
    const younger = '2126-01-01T00:00:00.000Z'
    vi.spyOn(shop.parameters, 'listVersions').mockResolvedValue(new Map(versions.map((id) => [id, younger])))
    const { plan } = (await rollback({ dryRun: true })) ?? {}
    expect(plan?.changes).toContainEqual(expect.objectContaining({ name, because: 'version-rewritten' }))
  })

  it('is refused by name where the deployment keeps former versions shut', async () => {
    vi.spyOn(shop.parameters, 'listVersions').mockRejectedValue(new SyncError('StoreAccessDenied'))
    expect(await rollback()).toMatchObject({ state: 'failed', result: 'VersionUnreadable' })
    expect(shop.writes).not.toContain('moveCurrent')
    expect(await rollback({ partial: true })).toMatchObject({ state: 'done', result: 'VersionUnreadable' })
    expect(shop.writes).toContain('moveCurrent')
  })

  it('leaves a parameter that somebody else has taken over', async () => {
    await shop.parameters.tag(name, { 'smc-owner': 'somebody:else' })
    expect(await rollback()).toMatchObject({ state: 'failed', result: 'SecretNotOwned' })
    expect(await current()).toBe(versions[2])
  })

  it('finds what it has written where the answer was lost, and writes it once', async () => {
    const { rewrite } = shop.parameters
    const lost = vi.spyOn(shop.parameters, 'rewrite').mockImplementation(async (...args) => {
      await rewrite(...args)
      throw new SyncError('StoreUnavailable')
    })
    expect(await rollback()).toMatchObject({ state: 'done' })
    expect(lost).toHaveBeenCalledTimes(1)
    expect(await shop.parameters.describe(name)).toMatchObject({ parameter: { number: 4 } })
  })

  it('is carried out after a crash at any call, and writes once', async () => {
    let crashes = 0
    for (let at = 1; ; at++) {
      for (const after of [false, true]) {
        shop.close()
        await setUp()
        await requests.rollback(id, ada, { partial: false, dryRun: false })
        const poke = shop.queue.sent.at(-1)?.poke ?? shop.poke('a')
        const { dependencies } = createCrashing(shop.dependencies, { at, after })
        const run = { deadlineAt: shop.clock.now() + 5 * minuteMs }
        const died = await createSyncConfig(dependencies)(poke, run).then(
          () => false,
          (thrown) => thrown === crash,
        )
        if (!died) {
          expect(crashes).toBeGreaterThan(20)
          return
        }
        crashes += 1
        shop.clock.advance(10 * minuteMs)
        await shop.sync(poke)
        const live = await shop.parameters.describe(name)
        expect(live?.current).toBe(versions[1])
        expect(live?.parameter?.number).toBe(4)
        expect(parameterWrites()).toEqual(['rewrite'])
      }
    }
  })
})
