import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import {
  canary,
  createRawShop,
  minuteMs,
  type RawShop,
  rawConfig,
  rawPath,
  sealedEnv,
} from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

interface Failing {
  readonly code: string
  readonly phase: 'Failed' | 'Retrying'
  readonly break: () => void
  readonly mend: () => void
}

const good = () => void shop.commit(sealedEnv)
const reason = async () =>
  (await shop.readHead())?.status.conditions.find(({ type }) => type === 'Ready')?.reason
const failing: Readonly<Record<string, Failing>> = {
  'a file that no key opens': {
    code: 'SopsNoMatchingKey',
    phase: 'Retrying',
    break: () => {
      good()
      vi.spyOn(shop.dependencies, 'keyServices').mockResolvedValue([])
    },
    mend: () => vi.restoreAllMocks(),
  },
  'a bad MAC': {
    code: 'SopsMacMismatch',
    phase: 'Failed',
    break: () => void shop.commit(sealedEnv.replace(/^USER=.*$/m, 'USER=')),
    mend: good,
  },
  'a tampered value': {
    code: 'SopsValueTampered',
    phase: 'Failed',
    break: () => void shop.commit(sealedEnv.replace(/data:..../, 'data:AAAA')),
    mend: good,
  },
  'a missing overlay': {
    code: 'PathNotFound',
    phase: 'Failed',
    break: () => {
      shop.configs.put(rawConfig({ basePath: 'gone' }))
      good()
    },
    mend: () => shop.configs.put(rawConfig()),
  },
  'an unknown manifest field': {
    code: 'ConfigInvalid',
    phase: 'Failed',
    break: () => {
      shop.configs.put(rawConfig({}, { unheardOf: canary }))
      good()
    },
    mend: () => shop.configs.put(rawConfig()),
  },
  'a repository that does not answer': {
    code: 'GitUnavailable',
    phase: 'Retrying',
    break: () => {
      good()
      shop.git.failure = new SyncError('GitUnavailable', {
        data: { url: `https://u:${canary}@git.example/r` },
      })
    },
    mend: () => {
      shop.git.failure = null
    },
  },
  'a branch that is gone': {
    code: 'GitRefNotFound',
    phase: 'Retrying',
    break: () => {
      good()
      shop.git.removeBranch('main')
    },
    mend: good,
  },
  'a source that does not exist': {
    code: 'SourceNotFound',
    phase: 'Retrying',
    break: () => {
      good()
      shop.configs.remove('GitRepository', 'shop')
    },
    mend: () => shop.configs.put(createRepositoryManifest()),
  },
  'ciphertext that is left over': {
    code: 'CiphertextLeftOver',
    phase: 'Failed',
    break: () => void shop.commit(`A=${/ENC\[[^\]]+\]/.exec(sealedEnv)?.[0]}`),
    mend: good,
  },
  'a malformed file beside a secret': {
    code: 'RawFileInvalid',
    phase: 'Failed',
    break: () => void shop.commit(`a: {${canary}`, rawPath.replace(/env$/, 'yaml')),
    mend: good,
  },
  'two keys with one name': {
    code: 'SecretNameCollision',
    phase: 'Failed',
    break: () => void shop.commit(`A.B=${canary}\nA_B=${canary}`),
    mend: good,
  },
  'a store that is down': {
    code: 'StoreUnavailable',
    phase: 'Retrying',
    break: () => {
      good()
      vi.spyOn(shop.store, 'describe').mockRejectedValue(
        new SyncError('StoreUnavailable', { cause: new Error(canary) }),
      )
    },
    mend: () => vi.restoreAllMocks(),
  },
}

describe.each(Object.entries(failing))('%s', (_, { code, phase, break: breakIt, mend }) => {
  it(`ends as ${code} on the condition, with nothing written and nothing leaked, and recovers by itself`, async () => {
    breakIt()
    const report = await shop.sync()
    expect(report).toMatchObject({ result: code })
    expect(await shop.readHead()).toMatchObject({ status: { phase } })
    expect(await reason()).toBe(code)
    expect(shop.writes.filter((name) => ['create', 'put', 'moveCurrent', 'tag'].includes(name))).toEqual([])
    assertNoLeak(await listTraces(report))

    mend()
    const due = (await shop.readHead())?.nextDueAt
    expect(due !== undefined).toBe(phase === 'Retrying')
    shop.clock.advance(11 * minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'Ready' }, attempt: 0 })
    assertNoLeak(await listTraces(report))
  })
})

/** Everything that a sync leaves behind where somebody could read it. */
async function listTraces(report: object): Promise<string> {
  const head = await shop.readHead()
  const generation = head?.generation ?? 0
  const lists = [
    await shop.state.readInventory('m/shop/a', generation),
    await shop.state.readDependencies('m/shop/a', generation),
  ]
  const history = await shop.state.listHistory('m/shop/a', 99)
  return JSON.stringify([report, head, lists, history, [...shop.configs.statuses.values()], shop.telemetry])
}

function assertNoLeak(traces: string): void {
  expect(traces).not.toContain(canary)
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.from(`${'x'.repeat(shift)}${canary}`).toString('base64')
    // The ends depend on what stands before and after; the middle does not.
    expect(traces).not.toContain(encoded.slice(4, -4))
  }
}

describe('a run that fails after it began', () => {
  it('lets the next one go on at once, and leaves the names that it may have written', async () => {
    shop.commit('A=1')
    vi.spyOn(shop.state, 'writeInventory').mockRejectedValueOnce(new Error(canary))
    expect(await shop.sync()).toMatchObject({ result: 'InternalError' })
    const { lease, nextDueAt = '' } = (await shop.readHead()) ?? {}
    expect(lease).toMatchObject({ writes: [{ name: 'api-A' }] })
    shop.clock.advance(Date.parse(nextDueAt) - shop.clock.now())
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.readHead()).not.toHaveProperty('lease')
  })
})

describe('a stalled config', () => {
  it('is not looked at again for the same commit, and writes nothing', async () => {
    shop.commit(sealedEnv.replace(/^USER=.*$/m, 'USER='))
    await shop.sync()
    shop.writes.length = 0
    shop.clock.advance(minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'Unchanged' })
    expect(shop.writes).toEqual([])
  })
})

describe('a suspended config', () => {
  it('says so once and is not synced', async () => {
    shop.commit('A=1')
    shop.configs.put(rawConfig({}, { suspend: true }))
    await shop.sync()
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'Suspended' } })
    shop.writes.length = 0
    shop.clock.advance(minuteMs)
    await shop.sync({ trigger: 'schedule' })
    expect(shop.writes).toEqual([])
    shop.configs.put(rawConfig())
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
  })
})
