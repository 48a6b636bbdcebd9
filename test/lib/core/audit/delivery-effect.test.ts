import { expect, it } from 'vitest'
import { describeEffect } from '../../../../lib/core/audit/delivery-effect.ts'
import { createHistoryEntry } from '../../../contracts/state-store.ts'

const id = 'c/n/a'
const delivery = { receivedAt: '2026-01-31T08:00:00.000Z', requestId: 'h1' }
const revision = { ref: 'main', commit: 'a'.repeat(40) }

it.each([
  ['untouched', undefined],
  ['untouched', '2026-01-31T07:59:59.999Z'],
  ['seen', '2026-01-31T08:00:00.000Z'],
] as const)('calls a config %s that was last looked at at %s', (fate, lookedAt) => {
  const head = lookedAt === undefined ? { id } : { id, lookedAt }
  expect(describeEffect(delivery, head, [createHistoryEntry(id)])).toEqual({ configId: id, fate })
})

it('counts what was applied because of the delivery', () => {
  const { outcomes } = createHistoryEntry(id)
  const refused = { action: 'update', name: 'x', result: 'failed', code: 'SecretNotOwned' } as const
  const entry = createHistoryEntry(id, { requestId: 'h1', revision, outcomes: [...outcomes, refused] })
  const later = createHistoryEntry(id, { requestId: 'h2' })
  expect(describeEffect(delivery, { id }, [later, entry])).toEqual({
    configId: id,
    fate: 'synced',
    at: entry.at,
    result: 'ReconciliationSucceeded',
    revision: `main@sha1:${revision.commit}`,
    changes: { create: 1 },
  })
  const failed = { ...entry, result: 'SecretNotOwned' } as const
  expect(describeEffect(delivery, { id }, [failed])).toMatchObject({
    fate: 'failed',
    result: 'SecretNotOwned',
  })
})
