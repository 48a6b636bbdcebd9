import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createRawShop, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  shop.close()
})

const kinds = () => shop.events.map(({ kind }) => kind)

describe('the events of syncs', () => {
  it('go out with ids and the revision, and not for a look without news', async () => {
    const commit = shop.commit('A=1')
    await shop.sync({ requestId: 'r1' })
    await shop.sync({ trigger: 'manual' })
    expect(shop.events).toEqual([
      {
        kind: 'synced',
        configId: 'm/shop/a',
        requestId: 'r1',
        trigger: 'webhook',
        at: '2026-01-31T08:00:00.000Z',
        revision: `main@sha1:${commit}`,
        counts: { create: 1, unchanged: 0 },
      },
    ])
  })

  it('tell of a failure once', async () => {
    shop.git.failure = new SyncError('GitRepositoryNotFound')
    await shop.sync()
    await shop.sync({ trigger: 'manual' })
    expect(shop.events).toMatchObject([{ kind: 'failed', code: 'GitRepositoryNotFound' }])
  })

  it('tell of a branch that went back, and not of a commit that undoes another', async () => {
    const first = shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    await shop.sync()
    shop.commit('A=1\n')
    await shop.sync()
    expect(kinds()).not.toContain('rewound')
    shop.git.reset('main', first)
    await shop.sync()
    expect(kinds()).toEqual(['synced', 'synced', 'synced', 'rewound', 'synced'])
  })

  it('that nobody takes fail nothing, and are counted', async () => {
    shop.commit('A=1')
    Object.assign(shop.dependencies, {
      notify: async () => {
        throw new SyncError('NotifyUnavailable')
      },
    })
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(shop.telemetry.measures).toContainEqual({ metric: 'EventsLost', value: 1 })
    Object.assign(shop.dependencies, {
      notify: async () => {
        throw new TypeError('canary')
      },
    })
    shop.commit('A=2')
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(JSON.stringify(shop.telemetry.lines)).not.toContain('canary')
  })
})
