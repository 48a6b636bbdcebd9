import { expect, it } from 'vitest'
import {
  isReplicaLookDue,
  listReplicaLooks,
  scheduleReplicaLook,
} from '../../../../lib/core/plan/replica-looks.ts'
import { parseTime } from '../../../../lib/core/time.ts'
import { createHead } from '../../../contracts/state-store.ts'

const at = '2026-01-31T08:00:00.000Z'
const now = parseTime(at)
const wanted = { replicaRegions: ['us-east-1'] }

it.each([
  [undefined, false],
  ['2026-01-31T08:00:00.001Z', false],
  [at, true],
])('a look that is due at %s is due: %s', (replicasDueAt, expected) => {
  expect(isReplicaLookDue(replicasDueAt === undefined ? {} : { replicasDueAt }, now)).toBe(expected)
})

it('is due an hour after the last, and no other look moves it', () => {
  const next = { replicasDueAt: '2026-01-31T09:00:00.000Z' }
  expect(scheduleReplicaLook(null, wanted, now)).toEqual(next)
  expect(scheduleReplicaLook({ replicasDueAt: at }, wanted, now)).toEqual(next)
  expect(scheduleReplicaLook(next, wanted, now + 1)).toEqual(next)
})

it('is due no more once no copies are wanted', () => {
  expect(scheduleReplicaLook({ replicasDueAt: at }, { replicaRegions: [] }, now)).toEqual({})
})

it('is due for configs that are followed and well', () => {
  const watcher = {
    ...{ configId: 'c/n/a', ref: { branch: 'main' }, url: 'https://git.test/o/r', pullIntervalMs: 60_000 },
  }
  const watching = { repositoryKey: 'k', watcher }
  const ready = { ...createHead('').status, phase: 'Ready' as const }
  const due = { status: ready, watching, replicasDueAt: at }
  const heads = [
    createHead('c/n/due', due),
    createHead('c/n/later', { ...due, replicasDueAt: '2026-01-31T08:00:01.000Z' }),
    createHead('c/n/failed', { ...due, status: { ...ready, phase: 'Failed' } }),
    createHead('c/n/gone', { status: ready, replicasDueAt: at }),
    createHead('c/n/none', { status: ready, watching }),
  ]
  expect(listReplicaLooks(heads, now)).toEqual(['c/n/due'])
})
