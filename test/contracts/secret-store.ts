import { beforeEach, describe, expect, it } from 'vitest'
import { SecretValue } from '../../lib/core/secret-value.ts'
import type { SecretName } from '../../lib/core/secrets/desired.ts'
import type { NewSecret, SecretStore } from '../../lib/ports.ts'
import { dayMs, hourMs } from '../fakes/clock.ts'
import { testSecretSettings } from './secret-settings.ts'
import { testSecretVersions } from './secret-versions.ts'
import {
  createName,
  createNewSecret,
  putText,
  type SecretStoreContract,
  type StoreGap,
  type StoreUnderTest,
  versionId,
} from './store-under-test.ts'

/** The lifecycle that every secret store has: the one of AWS Secrets Manager. */
export function testSecretStore(kind: string, { open, gaps = [] }: SecretStoreContract): void {
  const itUnless = (gap: StoreGap) => it.skipIf(gaps.includes(gap))
  let peer: StoreUnderTest
  let store: SecretStore
  let name: SecretName

  const newSecret = (text: string, n = 1): NewSecret => createNewSecret(name, text, n)
  const put = (text: string, n: number, label?: string) => putText(store, newSecret(text, n), label)
  const labels = async () => Object.fromEntries((await store.describe(name))?.versions ?? [])

  beforeEach(async () => {
    peer = await open()
    store = peer.store
    name = createName()
  })

  describe(`${kind}: create`, () => {
    it('makes a secret whose first version is current', async () => {
      await store.create({ ...newSecret('one'), tags: { team: 'a', 'managed-by': 'b' } })
      const live = await store.describe(name)
      expect(live).toMatchObject({ name, current: versionId(1), tags: { team: 'a', 'managed-by': 'b' } })
      expect(live).not.toHaveProperty('previous')
      expect(live).not.toHaveProperty('deletionAt')
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSCURRENT'] })
      expect(await peer.readCurrent(name)).toBe('one')
    })

    it('refuses a name that is taken', async () => {
      await store.create(newSecret('one'))
      await expect(store.create(newSecret('two', 2))).rejects.toMatchObject({ code: 'SecretExists' })
      await expect(store.create(newSecret('two', 1))).rejects.toMatchObject({ code: 'SecretExists' })
      expect(await peer.readCurrent(name)).toBe('one')
    })

    it('changes nothing when it is repeated', async () => {
      await store.create(newSecret('one'))
      await store.create(newSecret('one'))
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSCURRENT'] })
    })

    it.each([
      ['SecretNameInvalid', { name: '' }],
      ['SecretNameInvalid', { name: 'a b' }],
      ['SecretNameInvalid', { name: 'é' }],
      ['SecretNameInvalid', { name: 'a'.repeat(513) }],
      ['SecretEmpty', { value: SecretValue.fromText('') }],
      ['SecretTooLarge', { value: SecretValue.fromText('é'.repeat(32_769)) }],
      ['InternalError', { versionId: 'a'.repeat(31) }],
      ['InternalError', { versionId: 'a'.repeat(65) }],
      ['SecretTagsInvalid', { tags: { 'aws:x': 'y' } }],
      [
        'SecretTagsInvalid',
        { tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`t${n}`, 'v'])) },
      ],
    ])('refuses with %s what is beyond the limits', async (code, part) => {
      await expect(store.create({ ...newSecret('one'), ...part })).rejects.toMatchObject({ code })
      expect(await store.describe(name)).toBeNull()
    })

    it('takes what is just within the limits', async () => {
      const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, 'v'.repeat(256)]))
      const longest = name.padEnd(512, 'x')
      const value = SecretValue.fromBytes(new Uint8Array(65_536).fill(255))
      await store.create({ name: longest, versionId: 'a'.repeat(32), value, kind: 'binary', tags })
      expect(await store.describe(longest)).toMatchObject({ current: 'a'.repeat(32), tags })
    })
  })

  describe(`${kind}: put`, () => {
    beforeEach(() => store.create(newSecret('one')))

    it('moves AWSCURRENT to the new version and leaves AWSPREVIOUS behind', async () => {
      expect(await put('two', 2)).toEqual(['AWSCURRENT'])
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSPREVIOUS'], [versionId(2)]: ['AWSCURRENT'] })
      expect(await store.describe(name)).toMatchObject({ current: versionId(2), previous: versionId(1) })
      expect(await peer.readCurrent(name)).toBe('two')
    })

    it('does not show a version without a label, and still knows it', async () => {
      await put('two', 2)
      await put('three', 3)
      expect(await labels()).toEqual({ [versionId(2)]: ['AWSPREVIOUS'], [versionId(3)]: ['AWSCURRENT'] })
      expect(await put('one', 1)).toEqual([])
      expect(await peer.readCurrent(name)).toBe('three')
    })

    it('changes nothing, labels included, when the id is known and the value equal', async () => {
      await put('two', 2)
      expect(await put('one', 1)).toEqual(['AWSPREVIOUS'])
      expect(await put('two', 2)).toEqual(['AWSCURRENT'])
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSPREVIOUS'], [versionId(2)]: ['AWSCURRENT'] })
    })

    it('refuses a known id with another value', async () => {
      await expect(put('other', 1)).rejects.toMatchObject({ code: 'VersionTampered' })
      expect(await peer.readCurrent(name)).toBe('one')
    })

    it('stages a version under another label without moving AWSCURRENT', async () => {
      expect(await put('two', 2, 'smc-staged')).toEqual(['smc-staged'])
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSCURRENT'], [versionId(2)]: ['smc-staged'] })
      await put('three', 3, 'smc-staged')
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSCURRENT'], [versionId(3)]: ['smc-staged'] })
    })

    itUnless('limits')('refuses a twenty-first label', async () => {
      for (let n = 2; n <= 20; n += 1) await put(`value ${n}`, n, `label-${n}`)
      await expect(put('over', 21, 'label-21')).rejects.toMatchObject({ code: 'StoreLimitExceeded' })
      expect(Object.keys(await labels())).toHaveLength(20)
    })

    it('refuses values beyond the limits', async () => {
      await expect(put('', 2)).rejects.toMatchObject({ code: 'SecretEmpty' })
      await expect(put('x'.repeat(65_537), 2)).rejects.toMatchObject({ code: 'SecretTooLarge' })
    })

    it('keeps 100 versions, dropping the oldest unlabelled one that is a day old', async ({ skip }) => {
      const { clock } = peer
      if (!clock) return skip('the clock of this store cannot be moved')
      for (let n = 2; n <= 100; n += 1) await put(`value ${n}`, n)
      await expect(put('over', 101)).rejects.toMatchObject({ code: 'StoreLimitExceeded' })
      expect(await store.describe(name)).toMatchObject({ current: versionId(100), previous: versionId(99) })
      clock.advance(24 * hourMs - 1)
      await expect(put('over', 101)).rejects.toMatchObject({ code: 'StoreLimitExceeded' })
      clock.advance(1)
      expect(await put('over', 101)).toEqual(['AWSCURRENT'])
      // The first version is gone, so its id is free; the second is still known.
      expect(await put('value 3', 3)).toEqual([])
      expect(await put('other than one', 1)).toEqual(['AWSCURRENT'])
    })
  })

  describe(`${kind}: scheduled deletion`, () => {
    beforeEach(async () => {
      await store.create(newSecret('one'))
      await store.scheduleDeletion(name, 7)
    })

    it('still shows the secret, its versions and when it ends', async () => {
      expect(await store.describe(name)).toMatchObject({
        current: versionId(1),
        deletionAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      })
      expect((await store.list()).map((live) => live.name)).toContain(name)
    })

    itUnless('write-on-scheduled')('refuses everything but describe, list and restore', async () => {
      const refused = { code: 'SecretScheduledForDeletion' }
      await expect(put('two', 2)).rejects.toMatchObject(refused)
      await expect(put('one', 1)).rejects.toMatchObject(refused)
      await expect(store.tag(name, { a: 'b' })).rejects.toMatchObject(refused)
      await expect(store.moveCurrent(name, versionId(1), versionId(1))).rejects.toMatchObject(refused)
      await expect(store.scheduleDeletion(name, 7)).rejects.toMatchObject(refused)
      expect(await store.describe(name)).toMatchObject({ current: versionId(1), tags: {} })
    })

    itUnless('create-over-scheduled')('refuses to create the name again', async () => {
      const refused = { code: 'SecretScheduledForDeletion' }
      await expect(store.create(newSecret('two', 2))).rejects.toMatchObject(refused)
      await expect(store.create(newSecret('one', 1))).rejects.toMatchObject(refused)
    })

    it('is taken back by restore, with everything as it was', async () => {
      await store.restore(name)
      await store.restore(name)
      expect(await store.describe(name)).not.toHaveProperty('deletionAt')
      expect(await peer.readCurrent(name)).toBe('one')
      expect(await put('two', 2)).toEqual(['AWSCURRENT'])
    })

    it('happens when the window is over', async ({ skip }) => {
      const { clock } = peer
      if (!clock) return skip('the clock of this store cannot be moved')
      clock.advance(7 * dayMs - 1)
      expect(await store.describe(name)).not.toBeNull()
      clock.advance(1)
      expect(await store.describe(name)).toBeNull()
      expect((await store.list()).map((live) => live.name)).not.toContain(name)
      await expect(store.restore(name)).rejects.toMatchObject({ code: 'SecretNotFound' })
      await store.create(newSecret('new', 1))
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSCURRENT'] })
    })
  })

  describe(`${kind}: lists and tags`, () => {
    it('knows nothing of secrets that are not there', async () => {
      const notFound = { code: 'SecretNotFound' }
      expect(await store.describe(name)).toBeNull()
      await expect(store.tag(name, { a: 'b' })).rejects.toMatchObject(notFound)
      await expect(store.restore(name)).rejects.toMatchObject(notFound)
      await expect(put('one', 1)).rejects.toMatchObject(notFound)
      await expect(store.moveCurrent(name, versionId(1), versionId(2))).rejects.toMatchObject(notFound)
      await expect(store.scheduleDeletion(name, 7)).rejects.toMatchObject(notFound)
    })

    it.each([6, 31, 7.5])('refuses a recovery window of %d days', async (days) => {
      await store.create(newSecret('one'))
      await expect(store.scheduleDeletion(name, days)).rejects.toMatchObject({ code: 'InternalError' })
      expect(await store.describe(name)).not.toHaveProperty('deletionAt')
    })

    it('sets tags and leaves others', async () => {
      await store.create({ ...newSecret('one'), tags: { kept: '1', changed: '1' } })
      await store.tag(name, { changed: '2', added: '3' })
      expect((await store.describe(name))?.tags).toEqual({ kept: '1', changed: '2', added: '3' })
    })

    itUnless('limits')('refuses tags over the limit of all together', async () => {
      await store.create({ ...newSecret('one'), tags: { a: '', b: '', c: '' } })
      const tooMany = Object.fromEntries(Array.from({ length: 48 }, (_, n) => [`t${n}`, '']))
      await expect(store.tag(name, tooMany)).rejects.toMatchObject({ code: 'SecretTagsInvalid' })
    })

    it('lists what carries a tag value with the prefix', async () => {
      const owner = `${name}:owner`
      await store.create({ ...newSecret('one'), tags: { 'smc-owner': `${owner}/x` } })
      await store.create({ ...newSecret('one'), name: `${name}-other`, tags: { 'smc-owner': 'else' } })
      const listed = await store.list({ tagValuePrefix: owner })
      // No list shows copies in other regions.
      const { replicas: _, ...live } = (await store.describe(name)) ?? {}
      expect(listed).toEqual([live])
      expect(await store.listPage({ tagValuePrefix: owner })).toEqual({ secrets: listed })
    })
  })

  testSecretVersions(kind, { open, gaps })
  testSecretSettings(kind, { open, gaps })
}
