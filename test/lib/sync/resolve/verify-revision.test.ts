import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Policy, RepositoryRule } from '../../../../lib/core/config/policy/policy.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createRawShop, minuteMs, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let requests = 0

beforeEach(() => {
  shop = createRawShop()
})
afterEach(() => {
  shop.close()
})

/** Syncs with these rules for every repository of `url`. */
async function syncWith(rules: readonly Omit<RepositoryRule, 'url'>[], url = 'https://git.example') {
  const policy: Policy = { tenancy: 'single', repositoryRules: rules.map((rule) => ({ url, ...rule })) }
  const deadlineAt = shop.clock.now() + 5 * minuteMs
  requests += 1
  const poke = shop.poke('a', { requestId: `request-${requests}` })
  return await createSyncConfig({ ...shop.dependencies, policy })(poke, { deadlineAt })
}

describe('verifyRevision', () => {
  it('publishes a commit that one of the signers signed, and holds one that none did', async () => {
    const signed = shop.commit('A=1')
    expect(await syncWith([{ signedBy: ['other', signed] }])).toMatchObject({
      result: 'ReconciliationSucceeded',
    })
    shop.commit('A=2')
    expect(await syncWith([{ signedBy: ['other', signed] }])).toMatchObject({ result: 'CommitNotSigned' })
    expect(await shop.readHead()).toMatchObject({ applied: { revision: { commit: signed } } })
  })

  it('wants a signer of every rule', async () => {
    const commit = shop.commit('A=1')
    expect(await syncWith([{ signedBy: [commit] }, { signedBy: ['other'] }])).toMatchObject({
      result: 'CommitNotSigned',
    })
  })

  it('holds a branch that no longer contains what was published', async () => {
    const first = shop.commit('A=1')
    await syncWith([{ fastForward: true }])
    const second = shop.commit('A=2')
    expect(await syncWith([{ fastForward: true }])).toMatchObject({ result: 'ReconciliationSucceeded' })
    shop.git.reset('main', first)
    expect(await syncWith([{ fastForward: true }])).toMatchObject({ result: 'HistoryRewound' })
    expect(await shop.readHead()).toMatchObject({ applied: { revision: { commit: second } } })
  })

  it('asks nothing where no rule is for the repository', async () => {
    shop.commit('A=1')
    await syncWith([{ fastForward: true, signedBy: ['other'] }], 'https://other.test')
    expect(shop.git.calls.filter((call) => /^(readCommit|isAncestor)/.test(call))).toEqual([])
  })
})
