import { expect, it } from 'vitest'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { LeasedWrite } from '../../../../lib/core/state/records.ts'
import { findDone, keepPresent } from '../../../../lib/sync/apply/find-done.ts'

const live = (name: string, part: Partial<Live> = {}): Live => ({
  ...{ name, versions: new Map(), tags: {} },
  ...part,
})

const holding = (...present: Live[]) => ({
  describe: async (name: string) => present.find((secret) => secret.name === name) ?? null,
})

it.each<[string, LeasedWrite, Live | null, string | undefined]>([
  ['has written', { name: 'a', versionId: 'a2' }, live('a', { current: 'a2' }), 'a2'],
  ['has not written', { name: 'a', versionId: 'a2' }, live('a', { current: 'a1' }), 'a1'],
  ['was about to tag', { name: 'a' }, live('a', { current: 'a1' }), 'a1'],
  ['has scheduled', { name: 'a', isDeletion: true }, live('a', { deletionAt: '2026' }), undefined],
  ['has ended', { name: 'a', isDeletion: true }, null, undefined],
  ['has not ended', { name: 'a', isDeletion: true }, live('a', { current: 'a1' }), 'a1'],
])('tells what a run %s', async (_, write, secret, expected) => {
  const store = holding(...(secret ? [secret] : []))
  const done = await findDone(store, { writes: [write] }, new Map([['a', 'a1']]))
  expect(done.get('a')).toBe(expected)
})

it('takes a version for gone back that was told as moved', async () => {
  const store = holding(live('a', { current: 'a1' }))
  const writes = [{ name: 'a', versionId: 'a2', from: 'a1' }]
  expect((await findDone(store, { writes }, new Map([['a', 'a2']]))).get('a')).toBe('a1')
})

it('keeps the entries of what is there', async () => {
  const entries = ['a', 'b'].map((name) => ({ name, versionId: 'v', writtenAt: '' }))
  expect(await keepPresent(holding(live('b')), entries)).toEqual([entries[1]])
})
