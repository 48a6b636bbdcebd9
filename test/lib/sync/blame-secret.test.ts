import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BlameSecret, createBlameSecret } from '../../../lib/sync/blame-secret.ts'
import { createHead, createHistoryEntry } from '../../contracts/state-store.ts'
import { createSyncHarness, type SyncHarness } from '../../fakes/sync-harness.ts'

const first = '2026-01-31T08:00:00.000Z'
const second = '2026-01-31T09:00:00.000Z'
let harness: SyncHarness
let blame: BlameSecret

beforeEach(async () => {
  harness = createSyncHarness()
  blame = createBlameSecret(harness)
  const { state } = harness
  for (const id of ['c/n/a', 'c/n/b', 'c/n/c']) await state.writeHead(createHead(id, { generation: 1 }), null)
  const entry = { name: 'a/b', versionId: 'v', writtenAt: first }
  await state.writeInventory('c/n/a', 1, [entry])
  await state.writeInventory('c/n/b', 1, [entry, { ...entry, name: 'other' }])
  await state.appendHistory(createHistoryEntry('c/n/a', { at: first }))
  await state.appendHistory(createHistoryEntry('c/n/b', { at: second }))
  const gone = { action: 'delete', name: 'gone', result: 'applied' } as const
  await state.appendHistory(createHistoryEntry('c/n/c', { outcomes: [gone] }))
})

afterEach(() => {
  harness.close()
})

describe('createBlameSecret', () => {
  it('asks every config that has written the secret, newest first', async () => {
    expect(await blame({ name: 'a/b' })).toMatchObject([
      { configId: 'c/n/b', at: second },
      { configId: 'c/n/a', at: first },
    ])
  })

  it('finds who ended a secret that nobody has any more', async () => {
    expect(await blame({ name: 'gone' })).toMatchObject([{ configId: 'c/n/c', action: 'delete' }])
  })

  it.each([{ name: 'never' }, { name: 'a/b', version: 'e' }])('does not know %j', async (query) => {
    await expect(blame(query)).rejects.toMatchObject({ code: 'SecretNotInHistory' })
  })
})
