import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { Change, Live } from '../../../../lib/core/plan/plan.ts'
import { isDoneAnyway } from '../../../../lib/sync/apply/is-done-anyway.ts'
import { createSyncHarness } from '../../../fakes/sync-harness.ts'

const name = 'a'
const live: Live = {
  ...{ name, current: 'v1', versions: new Map(), tags: {} },
  ...{ description: 'd', kmsKeyId: 'k', replicas: [{ region: 'us-east-1', state: 'in-progress' }] },
}

async function judge(change: Change, found: Live | null | SyncError, code = 'StoreUnavailable' as const) {
  const harness = createSyncHarness()
  const store = {
    ...harness.store,
    describe: async () => {
      if (found instanceof SyncError) throw found
      return found
    },
  }
  harness.close()
  const standingOf = () => ({ kind: 'ours' }) as const
  return await isDoneAnyway(
    change,
    { store, desired: new Map(), tagsOf: ({ tags }) => tags, standingOf },
    code,
  )
}

const amend = (part: object): Change => ({ action: 'amend', name, because: 'key-changed', ...part })
const regions = (action: 'replicate' | 'unreplicate', ...wanted: string[]): Change => ({
  ...{ action, name, because: 'replica-missing', regions: wanted },
})

describe('isDoneAnyway', () => {
  it.each([
    [
      'an update that has happened',
      { action: 'update', name, because: 'value-changed', versionId: 'v1' },
      true,
    ],
    ['one that has not', { action: 'update', name, because: 'value-changed', versionId: 'v2' }, false],
    ['an amendment that has happened', amend({ description: 'd' }), true],
    ['one of which half has', amend({ description: 'd', kmsKeyId: 'other' }), false],
    ['copies that are there', regions('replicate', 'us-east-1'), true],
    ['copies of which one is missing', regions('replicate', 'us-east-1', 'us-west-2'), false],
    ['copies that are gone', regions('unreplicate', 'us-west-2'), true],
    ['copies of which one is still there', regions('unreplicate', 'us-east-1', 'us-west-2'), false],
    ['a conflict', { action: 'conflict', name, because: 'not-marked', code: 'SecretNotOwned' }, false],
  ] satisfies [string, Change, boolean][])('judges %s', async (_, change, expected) => {
    expect(await judge(change, live)).toBe(expected)
  })

  it('believes nothing of a secret that it cannot look at, or that is not there', async () => {
    const change: Change = { action: 'create', name, because: 'missing', versionId: 'v1' }
    expect(await judge(change, new SyncError('StoreThrottled'))).toBe(false)
    expect(await judge(change, null)).toBe(false)
  })
})
