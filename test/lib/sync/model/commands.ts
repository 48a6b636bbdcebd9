import fc from 'fast-check'
import type { Poke } from '../../../../lib/core/poke.ts'
import { formatTime } from '../../../../lib/core/time.ts'
import { createReconcileAll } from '../../../../lib/sync/reconcile-all.ts'
import { type Command, command } from './command.ts'
import { type ConfigName, type Content, configNames, keysOf } from './content.ts'
import { adopt, hand, replicaHand } from './hands.ts'
import { operator } from './operators.ts'
import { type Ended, type Fault, type Run, takeTurns, work } from './workers.ts'
import { commit, countEverywhere, nextRequest, type World } from './world.ts'

const anyFault: fc.Arbitrary<Fault | null> = fc.option(
  fc.constantFrom('start' as const, 'begin' as const, 'begin' as const, 'move' as const).chain((since) =>
    fc.record({
      since: fc.constant(since),
      at: fc.integer({ min: 1, max: since === 'move' ? 6 : 30 }),
      kind: fc.constantFrom('dies-before', 'dies-after', 'refused', 'answer-lost'),
      calls: fc.constantFrom(1, 1, 1, 2, 6),
    }),
  ),
  // Every third run goes well.
  { freq: 3 },
)

const anyRun: fc.Arbitrary<Run> = fc.record({
  fault: anyFault,
  callMs: fc.constantFrom(0, 1, 200, 3_000),
  timeMs: fc.constantFrom(300_000, 300_000, 60_000),
})

const anyVersion = fc.integer({ min: 1, max: 3 })
const anyContent = fc.record({ dev: anyPart('dev'), prod: anyPart('prod') })

/** Some of the keys, or all of them with other values: what changes together. */
function anyPart(config: ConfigName): fc.Arbitrary<ReadonlyMap<string, string>> {
  const keys = keysOf[config]
  const create = (pairs: readonly (readonly [string, number])[]) =>
    new Map(pairs.map(([key, version]) => [key, `${config}-${key}-${version}`]))
  const some = fc.array(fc.tuple(fc.constantFrom(...keys), anyVersion), { maxLength: 5 }).map(create)
  const all = fc.tuple(...keys.map((key) => fc.tuple(fc.constant(key), anyVersion))).map(create)
  return fc.oneof(some, all)
}

/** Where each history begins: with every key, published. */
export const firstContent: Content = {
  dev: new Map(keysOf.dev.map((key) => [key, `dev-${key}-1`])),
  prod: new Map(keysOf.prod.map((key) => [key, `prod-${key}-1`])),
}

/** A push, and the webhook's poke unless it is lost. */
const push = fc.tuple(anyContent, fc.boolean()).map(([content, isTold]) =>
  command(`push ${describe(content)}${isTold ? '' : ' (webhook lost)'}`, async (world) => {
    commit(world, content)
    if (isTold) sendPush(world)
  }),
)

/** A push whose messages are all worked at once; what the runs of the configs meet comes by turns. */
const pushThrough = fc
  .tuple(anyContent, fc.array(anyRun, { minLength: 1, maxLength: 3 }))
  .map(([content, runs]) =>
    command(`push through ${describe(content)} ${runs.map(describeRun).join(', ')}`, async (world) => {
      commit(world, content)
      sendPush(world)
      for (let sent = 0; world.mail.length > 0 && sent < 6; sent++) {
        const poke = take(world, 0)
        const run = poke.kind === 'config' ? runs[sent % runs.length] : undefined
        await deliverOne(world, poke, run ?? calmRun)
      }
    }),
  )

const revert = fc.nat({ max: 5 }).map((back) =>
  command(`revert by ${back}`, async (world) => {
    const former = world.commits.at(-1 - back)
    if (!former) return
    commit(world, former.content)
    sendPush(world)
  }),
)

function sendPush(world: World): void {
  const requestedAt = formatTime(world.harness.clock.now())
  const requestId = nextRequest(world)
  const id = 'git.example/org/shop'
  world.mail.push({ v: 1, kind: 'repository', id, trigger: 'webhook', requestId, requestedAt })
}

/** Messages that are under way are worked, in whatever order, now or again; the last of them may go wrong. */
const deliver = fc
  .record({
    which: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
    isKept: fc.boolean(),
    run: anyRun,
  })
  .map(({ which, isKept, run }) =>
    command(`deliver ${which}${isKept ? ' (and keep)' : ''} ${describeRun(run)}`, async (world) => {
      for (const [index, place] of which.entries()) {
        const poke = take(world, place)
        const isLast = index === which.length - 1
        await deliverOne(world, poke, isLast ? run : calmRun)
        if (isKept && isLast) world.mail.push(poke)
      }
    }),
  )

/** A message whose run died comes back, at least this once. */
async function deliverOne(world: World, poke: Poke, run: Run): Promise<void> {
  const ended = await work(world, { poke, run })
  settle(world, poke, ended)
}

/** Two messages are worked at once, call by call in any order; as a rule both are for the same config. */
const deliverTwo = fc
  .record({
    which: fc.nat({ max: 3 }),
    isSame: fc.oneof(
      { weight: 3, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    runs: fc.tuple(anyRun, anyRun),
    order: fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 20 }),
  })
  .map(({ which, isSame, runs, order }) =>
    command(
      `deliver ${which} and ${isSame ? 'one for the same' : 'the next'} at once: ${runs.map(describeRun).join(', ')} by ${order}`,
      async (world) => {
        const first = take(world, which)
        const second = isSame ? { ...first, requestId: nextRequest(world) } : take(world, which)
        const pokes = [first, second]
        const workers = pokes.map(
          (poke, index) => async (turn: () => Promise<void>) =>
            await work(world, { poke, run: runs[index] ?? calmRun, turn }),
        )
        const ended = await takeTurns(workers, order)
        for (const [index, poke] of pokes.entries()) settle(world, poke, ended[index])
      },
    ),
  )

/** A run in which nothing goes wrong. */
export const calmRun: Run = { fault: null, callMs: 1, timeMs: 300_000 }

/** Where no message is under way, one is sent as by a push that changes nothing. */
function take(world: World, which: number): Poke {
  if (world.mail.length === 0) sendLook(world, configNames[which % configNames.length] ?? 'dev', 'webhook')
  const [poke] = world.mail.splice(which % world.mail.length, 1)
  if (!poke) throw new Error('no message')
  return poke
}

function settle(world: World, poke: Poke, ended: Ended | undefined): void {
  world.disturbances += ended?.disturbed ?? 0
  world.failures += ended?.failed ?? 0
  if (ended?.died) world.mail.push(poke)
}

const schedule = fc.constant(command('scheduled pass', runSchedule))

/** What the schedule does each minute. */
export async function runSchedule(world: World): Promise<void> {
  await createReconcileAll(world.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
}

/** Somebody asks for a look, as the sweep does that has seen drift. */
const look = fc
  .tuple(fc.constantFrom(...configNames), fc.constantFrom('drift' as const, 'manual' as const))
  .map(([config, trigger]) =>
    command(`${trigger} poke for ${config}`, async (world) => sendLook(world, config, trigger)),
  )

export function sendLook(world: World, config: ConfigName, trigger: 'drift' | 'manual' | 'webhook'): void {
  const requestedAt = formatTime(world.harness.clock.now())
  const id = `m/shop/${config}`
  world.mail.push({ v: 1, kind: 'config', id, trigger, requestId: nextRequest(world), requestedAt })
}

const loseMail = fc
  .nat({ max: 5 })
  .map((which) => command(`lose message ${which}`, async (world) => void world.mail.splice(which, 1)))

const wait = fc
  .constantFrom(1_000, 10_000, 60_000, 240_000, 400_000, 86_400_000, 8 * 86_400_000)
  .map((ms) => command(`wait ${ms / 1_000} s`, async (world) => world.harness.clock.advance(ms)))

const loseState = fc.constant(
  command('lose the state', async (world) => {
    // A rollback is forgotten, so that Git counts again.
    for (const config of world.pinned) countEverywhere(world, config)
    world.harness.loseState()
    world.groups.clear()
  }),
)

/** Any step; what keeps a history going is more frequent. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: push },
  { weight: 4, arbitrary: pushThrough },
  { weight: 2, arbitrary: revert },
  { weight: 8, arbitrary: deliver },
  { weight: 4, arbitrary: deliverTwo },
  { weight: 4, arbitrary: schedule },
  { weight: 2, arbitrary: look },
  { weight: 1, arbitrary: loseMail },
  { weight: 4, arbitrary: wait },
  { weight: 5, arbitrary: hand },
  { weight: 1, arbitrary: replicaHand },
  { weight: 2, arbitrary: adopt },
  { weight: 4, arbitrary: operator },
  { weight: 1, arbitrary: loseState },
)

function describe(content: Readonly<Record<ConfigName, ReadonlyMap<string, string>>>): string {
  return configNames.map((name) => [...content[name].values()].join(' ')).join(' | ')
}

function describeRun({ fault, callMs, timeMs }: Run): string {
  const calls = fault && fault.calls > 1 ? ` and ${fault.calls - 1} more` : ''
  return `[${fault ? `${fault.kind} at ${fault.at} since ${fault.since}${calls}, ` : ''}${callMs} ms a call, ${timeMs / 1_000} s]`
}
