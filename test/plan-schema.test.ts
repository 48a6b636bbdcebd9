import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Change, ConflictReason, Hold, Reason } from '../lib/core/plan/plan.ts'
import { SecretValue } from '../lib/core/secret-value.ts'
import { createRequests, type Requests } from '../lib/sync/requests.ts'
import { canary, createRawShop, type RawShop, rawConfig, sealedEnv } from './fakes/raw-shop.ts'

const text = readFileSync(join(import.meta.dirname, '../docs/plan.schema.json'), 'utf8')
const schema = z.fromJSONSchema(JSON.parse(text))
const ada = { from: 'api', name: 'ada' } as const
let shop: RawShop
let requests: Requests

beforeEach(() => {
  shop = createRawShop()
  let count = 0
  requests = createRequests({
    ...shop,
    createRequestId: () => {
      count += 1
      return `order-${count}`
    },
  })
})

afterEach(() => {
  shop.close()
})

/** What `smc plan --json` prints for the config, as text. */
async function printPlan(ask: (requests: Requests) => Promise<unknown>): Promise<string> {
  await ask(requests)
  const sent = shop.queue.sent.at(-1)
  if (!sent) throw new Error('nothing was asked for')
  await shop.sync(sent.poke)
  const answer = await shop.state.readRequest(sent.poke.requestId)
  return JSON.stringify([answer], null, 2)
}

const plan = async () => await printPlan(async () => await requests.plan('m/shop/a', ada))

function validate(printed: string) {
  const { error } = schema.safeParse(JSON.parse(printed))
  expect(error?.issues ?? []).toEqual([])
}

/** Each situation prepares a plan that is not the one of the others. */
const situations: Readonly<Record<string, () => Promise<void>>> = {
  'new secrets with copies': async () => {
    shop.configs.put(
      rawConfig({}, { provider: { aws: { region: 'eu-west-1', replicaRegions: ['us-east-1'] } } }),
    )
    shop.commit(sealedEnv)
  },
  'another value, key, description and tag': async () => {
    await publish('A=1')
    const aws = { region: 'eu-west-1', kmsKeyId: 'alias/k', description: 'd', tags: { team: 't' } }
    shop.configs.put(rawConfig({}, { provider: { aws } }))
    shop.commit('A=2')
  },
  'a value that came back': async () => {
    await publish('A=1')
    await publish('A=2')
    shop.commit('A=1')
  },
  'a secret to restore, and unwanted copies': async () => {
    await publish('A=1\nB=1')
    await shop.store.replicate('api-B', ['us-west-2'])
    await shop.store.scheduleDeletion('api-A', 7)
    const provider = { aws: { region: 'eu-west-1', replicaRegions: ['us-east-1'] } }
    shop.configs.put(rawConfig({}, { provider, prune: 'schedule' }))
  },
  'an adoption and a foreign secret': async () => {
    await foreign('api-A')
    await foreign('api-B')
    shop.configs.put(rawConfig({}, { adopt: [{ name: 'api-A', versionId: 'f'.repeat(64) }] }))
    shop.commit('A=1\nB=1')
  },
  'a secret of another config, and a disabled one': async () => {
    await publish('A=1')
    shop.configs.put({ ...rawConfig(), metadata: { namespace: 'shop', name: 'b', generation: 1 } })
    shop.configs.remove('SecretManagerConfig', 'a')
    await shop.sync({ id: 'm/shop/b' })
    shop.configs.put(rawConfig())
    await shop.store.tag('api-A', (await shop.store.describe('api-A'))?.tags ?? {})
    shop.commit('#A=1\nB=2')
  },
  'a move that the brake holds': async () => {
    await publish(Array.from({ length: 8 }, (_, n) => `K${n}=1`).join('\n'))
    shop.configs.put(rawConfig({ prefix: 'web' }, { prune: 'schedule' }))
  },
  'a move that goes ahead': async () => {
    await publish('A=1\nB=1')
    shop.configs.put(rawConfig({ prefix: 'web' }, { prune: 'schedule' }))
  },
  'updates that are held': async () => {
    await publish('A=1')
    shop.configs.put(rawConfig({}, { triggerUpdate: false }))
    shop.commit('A=2')
  },
  'secrets that are left behind in another account': async () => {
    await publish('A=1')
    const head = await shop.readHead()
    if (!head?.publishing) throw new Error('nothing is published')
    const publishing = { ...head.publishing, sweepId: '111111111111/eu-west-1' }
    await shop.state.writeHead({ ...head, publishing }, head)
    expect(await plan()).toContain('"leftBehind"')
  },
  'a broken file': async () => {
    shop.commit(sealedEnv.replace(/data:..../, 'data:AAAA'))
  },
}

async function publish(content: string) {
  shop.commit(content)
  await shop.sync()
}

async function foreign(name: string) {
  const value = SecretValue.fromText(canary)
  await shop.store.create({ name, versionId: 'f'.repeat(64), value, kind: 'string', tags: {} })
}

describe('what smc plan --json prints', () => {
  it.each(Object.entries(situations))(
    'follows its schema, and holds no value, for %s',
    async (_, prepare) => {
      await prepare()
      const printed = await plan()
      validate(printed)
      expect(printed).not.toContain(canary)
      expect(printed).not.toContain(Buffer.from(canary).toString('base64'))
    },
  )

  it('follows it also for a rollback that is only looked at', async () => {
    await publish('A=1')
    await publish('A=2\nB=2')
    const order = { partial: false, dryRun: true }
    validate(await printPlan(async () => await requests.rollback('m/shop/a', ada, order)))
  })

  it('is refused with a field that nobody has described', async () => {
    await publish('A=1')
    const [answer] = JSON.parse(await plan())
    expect(schema.safeParse([answer]).success).toBe(true)
    expect(schema.safeParse([{ ...answer, value: canary }]).success).toBe(false)
    expect(schema.safeParse([{ ...answer, plan: { ...answer.plan, value: canary } }]).success).toBe(false)
    const change = { action: 'retag', name: 'a', because: 'tags-changed' }
    const withChange = (part: object) => [
      { ...answer, plan: { ...answer.plan, changes: [{ ...change, ...part }] } },
    ]
    expect(schema.safeParse(withChange({})).success).toBe(true)
    expect(schema.safeParse(withChange({ value: canary })).success).toBe(false)
  })
})

/** Every word of the types; the compiler fails where one is missing. */
const words = {
  actions: {
    ...{ restore: 1, adopt: 1, create: 1, amend: 1, update: 1, relabel: 1, retag: 1 },
    ...{ replicate: 1, unreplicate: 1, delete: 1, conflict: 1 },
  } satisfies Record<Change['action'], 1>,
  reasons: {
    ...{ missing: 1, 'value-changed': 1, 'version-known': 1, 'version-pinned': 1, 'tags-changed': 1 },
    ...{ 'scheduled-for-deletion': 1, 'listed-for-adoption': 1, 'key-changed': 1, moved: 1 },
    ...{
      'description-changed': 1,
      'replica-missing': 1,
      'replica-failed': 1,
      'replica-unwanted': 1,
      'no-longer-wanted': 1,
    },
  } satisfies Record<Reason, 1>,
  conflicts: {
    ...{ rotation: 1, replica: 1, service: 1, 'not-marked': 1, 'mark-invalid': 1, 'other-config': 1 },
    ...{ 'other-deployment': 1, 'adopted-version-differs': 1, 'type-differs': 1, 'replica-failed': 1 },
    ...{ 'version-expired': 1, 'version-rewritten': 1, 'version-unreadable': 1, 'secret-gone': 1 },
  } satisfies Record<ConflictReason, 1>,
  holds: { report: 1, conflict: 1, 'new-uid': 1, share: 1, 'last-secret': 1 } satisfies Record<Hold, 1>,
}

it('the schema knows every word that a plan may hold, and no other', () => {
  interface Described {
    readonly properties: Readonly<Record<string, { readonly const?: string; readonly enum?: string[] }>>
  }
  const definitions: { change: { oneOf: Described[] }; plan: Described } = JSON.parse(text).$defs
  const changes = definitions.change.oneOf
  const reasonsOf = (isConflict: boolean) =>
    changes
      .filter(({ properties }) => (properties['action']?.const === 'conflict') === isConflict)
      .flatMap(({ properties }) => properties['because']?.enum ?? [])
  expect(changes.map(({ properties }) => properties['action']?.const)).toEqual(Object.keys(words.actions))
  expect([...new Set(reasonsOf(false))].toSorted()).toEqual(Object.keys(words.reasons).toSorted())
  expect(reasonsOf(true).toSorted()).toEqual(Object.keys(words.conflicts).toSorted())
  expect(text).toContain(JSON.stringify(Object.keys(words.holds), null, 2).split('\n')[1]?.trim())
})
