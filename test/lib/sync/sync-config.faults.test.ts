import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import { createSyncConfig } from '../../../lib/sync/sync-config.ts'
import { crash } from '../../fakes/crashing.ts'
import { intercept, type PortCall } from '../../fakes/intercept.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../fakes/raw-shop.ts'

/** What can become of one call. */
type Fault = (call: PortCall, proceed: () => Promise<unknown>) => Promise<unknown>

const refuse =
  (code: Partial<Record<PortCall['port'], ConstructorParameters<typeof SyncError>[0]>>): Fault =>
  async ({ port }) => {
    throw new SyncError(code[port === 'parameters' ? 'store' : port] ?? 'InternalError')
  }

const faults: Readonly<Record<string, Fault>> = {
  'dies before it': async () => {
    throw crash
  },
  'dies after it': async (_, proceed) => {
    await proceed()
    throw crash
  },
  'is throttled': refuse({ store: 'StoreThrottled', state: 'StateUnavailable', queue: 'QueueUnavailable' }),
  'never hears that it was done': async (call, proceed) => {
    await proceed()
    return await refuse({ store: 'StoreUnavailable', state: 'StateUnavailable', queue: 'QueueUnavailable' })(
      call,
      proceed,
    )
  },
  'fails in the service': refuse({
    store: 'StoreUnavailable',
    state: 'StateUnavailable',
    queue: 'QueueUnavailable',
  }),
  'is denied': refuse({ store: 'StoreAccessDenied', state: 'StateUnavailable', queue: 'QueueUnavailable' }),
  'meets a fault of its own': async () => {
    throw new TypeError('unforeseen')
  },
}

/** One of twenty: each third is a parameter, the first half was there before. */
interface Thing {
  readonly key: string
  readonly isParameter: boolean
  readonly before?: string
  /** Absent where Git names it no more. */
  readonly after?: string
}

const things = Array.from({ length: 20 }, (_, index): Thing => {
  const named = { key: `K${String(index).padStart(2, '0')}`, isParameter: index % 3 === 2 }
  if (index >= 10) return { ...named, after: '2' }
  if (index === 3 || index === 5) return { ...named, before: '1' }
  return { ...named, before: '1', after: index % 5 === 0 ? '1' : '2' }
})

const folder = 'api/deployment-configuration/dev'
const nameOf = ({ key, isParameter }: Thing) => (isParameter ? `ssm:/api/dev/${key}` : `api-${key}`)

function formatFiles(time: 'before' | 'after'): Readonly<Record<string, string>> {
  const format = (those: readonly Thing[]) =>
    those.flatMap((thing) => (thing[time] === undefined ? [] : [`${thing.key}=${thing[time]}`])).join('\n')
  return {
    [`${folder}/application.secrets.env`]: format(things.filter(({ isParameter }) => !isParameter)),
    [`${folder}/application.properties`]: format(things.filter(({ isParameter }) => isParameter)),
  }
}

function listChanges(thing: Thing): string[] {
  const { before, after } = thing
  const created = `create ${nameOf(thing)}`
  if (before === undefined || before === after) return [created]
  return [created, `${after === undefined ? 'delete' : 'update'} ${nameOf(thing)}`]
}

const expected = things.flatMap(listChanges).sort()

/** A sync of 20 secrets and parameters whose call number `at` fails. @returns whether it came that far */
async function failAt(shop: RawShop, at: number, fault: Fault): Promise<boolean> {
  let calls = 0
  let died = false
  const faulty = intercept(shop.dependencies, async (call, proceed) => {
    calls += 1
    if (died) throw crash
    if (calls !== at) return await proceed()
    try {
      return await fault(call, proceed)
    } catch (thrown) {
      died = thrown === crash
      throw thrown
    }
  })
  const poke = shop.poke('a', { requestId: 'faulty' })
  const run = createSyncConfig(faulty)(poke, { deadlineAt: shop.clock.now() + 5 * minuteMs })
  // What is thrown brings the message back, which the next run stands for.
  await run.catch(() => {})
  return calls >= at
}

async function listApplied(shop: RawShop): Promise<string[]> {
  const entries = await shop.state.listHistory('m/shop/a', 99)
  return entries
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ result }) => result === 'applied')
    .map(({ action, name }) => `${action} ${name}`)
    .sort()
}

async function listCurrent(shop: RawShop): Promise<string[]> {
  const live = await Promise.all(
    things.map((thing) =>
      thing.isParameter ? shop.parameters.describe(nameOf(thing)) : shop.store.describe(nameOf(thing)),
    ),
  )
  return live.map((found) => (found && found.deletionAt === undefined ? String(found.current) : 'gone'))
}

async function prepare(): Promise<RawShop> {
  const shop = createRawShop()
  shop.configs.put(rawConfig({}, { configs: { enabled: true }, prune: 'schedule' }))
  shop.git.commit('main', formatFiles('before'))
  await shop.sync()
  shop.clock.advance(10 * minuteMs)
  shop.git.commit('main', formatFiles('after'))
  return shop
}

async function readGoal(): Promise<string[]> {
  const shop = await prepare()
  await shop.sync()
  const goal = await listCurrent(shop)
  shop.close()
  return goal
}

describe('a sync of 20 secrets and parameters, whichever of its calls goes wrong', () => {
  it.each(Object.entries(faults))(
    'converges in the next run where one %s, with each change in the history once',
    async (_, fault) => {
      const goal = await readGoal()
      let at = 1
      for (let reached = true; reached; at++) {
        const shop = await prepare()
        reached = await failAt(shop, at, fault)
        shop.clock.advance(11 * minuteMs)
        await shop.sync({ trigger: 'schedule' })
        expect({ at, current: await listCurrent(shop) }).toEqual({ at, current: goal })
        expect({ at, applied: await listApplied(shop) }).toEqual({ at, applied: expected })
        expect((await shop.readHead())?.lease).toBeUndefined()
        expect((await shop.readHead())?.status.phase).toBe('Ready')
        shop.close()
      }
      expect(at).toBeGreaterThan(50)
    },
    120_000,
  )
})
