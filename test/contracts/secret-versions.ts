import { beforeEach, describe, expect, it } from 'vitest'
import type { SecretName } from '../../lib/core/secrets/desired.ts'
import type { SecretStore } from '../../lib/ports.ts'
import {
  createName,
  createNewSecret,
  putText,
  type SecretStoreContract,
  type StoreGap,
  type StoreUnderTest,
  versionId,
} from './store-under-test.ts'

/** The part of the contract that is about versions which are there already. */
export function testSecretVersions(kind: string, contract: SecretStoreContract): void {
  describe(`${kind}: versions`, () => testVersions(contract))
}

function testVersions({ open, gaps = [] }: SecretStoreContract): void {
  const itUnless = (gap: StoreGap) => it.skipIf(gaps.includes(gap))
  let peer: StoreUnderTest
  let store: SecretStore
  let name: SecretName

  const put = (text: string, n: number, label?: string) =>
    putText(store, createNewSecret(name, text, n), label)
  const labels = async () => Object.fromEntries((await store.describe(name))?.versions ?? [])

  beforeEach(async () => {
    peer = await open()
    store = peer.store
    name = createName()
    await store.create(createNewSecret(name, 'one'))
    await put('two', 2)
    await put('three', 3)
  })

  describe('listVersions', () => {
    it('lists every version with the time when it came to be, labelled or not', async () => {
      const versions = await store.listVersions(name)
      expect([...versions.keys()].toSorted()).toEqual([versionId(1), versionId(2), versionId(3)])
      for (const at of versions.values()) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    })

    it('still lists those of a secret that is scheduled for deletion', async () => {
      await store.scheduleDeletion(name, 7)
      expect((await store.listVersions(name)).size).toBe(3)
    })

    itUnless('versions-of-unknown')('refuses a secret that is not there', async () => {
      const listed = store.listVersions(`${name}-other`)
      await expect(listed).rejects.toMatchObject({ code: 'SecretNotFound' })
    })
  })

  describe('moveCurrent', () => {
    it('moves AWSCURRENT back and AWSPREVIOUS to the former holder', async () => {
      await store.moveCurrent(name, versionId(1), versionId(3))
      expect(await labels()).toEqual({ [versionId(1)]: ['AWSCURRENT'], [versionId(3)]: ['AWSPREVIOUS'] })
      expect(await peer.readCurrent(name)).toBe('one')
    })

    it('swaps the two labels when it goes to the previous version', async () => {
      await store.moveCurrent(name, versionId(2), versionId(3))
      expect(await labels()).toEqual({ [versionId(2)]: ['AWSCURRENT'], [versionId(3)]: ['AWSPREVIOUS'] })
    })

    it('keeps other labels of the version', async () => {
      await put('four', 4, 'smc-staged')
      await store.moveCurrent(name, versionId(4), versionId(3))
      expect((await labels())[versionId(4)]?.toSorted()).toEqual(['AWSCURRENT', 'smc-staged'])
    })

    it('refuses when somebody else moved the label', async () => {
      await expect(store.moveCurrent(name, versionId(1), versionId(2))).rejects.toMatchObject({
        code: 'StageMoved',
      })
      expect(await store.describe(name)).toMatchObject({ current: versionId(3), previous: versionId(2) })
    })

    itUnless('move-to-unknown')('refuses a version that is not there', async () => {
      const moved = store.moveCurrent(name, versionId(9), versionId(3))
      await expect(moved).rejects.toMatchObject({ code: 'SecretNotFound' })
      expect(await store.describe(name)).toMatchObject({ current: versionId(3), previous: versionId(2) })
    })
  })
}
