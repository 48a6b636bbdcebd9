import { beforeEach, describe, expect, it } from 'vitest'
import type { SecretName } from '../../lib/core/secrets/desired.ts'
import type { SecretStore } from '../../lib/ports.ts'
import { createName, createNewSecret, type SecretStoreContract } from './store-under-test.ts'

/** The part of the contract that is about what a secret carries beside its value and its tags. */
export function testSecretSettings(kind: string, contract: SecretStoreContract): void {
  describe(`${kind}: settings`, () => testSettings(contract))
}

function testSettings({ open, gaps = [] }: SecretStoreContract): void {
  let store: SecretStore
  let name: SecretName
  const scheduled = { code: 'SecretScheduledForDeletion' }

  beforeEach(async () => {
    store = (await open()).store
    name = createName()
  })

  it('are there from the first moment where they are given', async () => {
    await store.create({
      ...createNewSecret(name, 'one'),
      description: 'Of the shop',
      kmsKeyId: 'alias/shop',
    })
    expect(await store.describe(name)).toMatchObject({
      description: 'Of the shop',
      kmsKeyId: 'alias/shop',
      replicas: [],
    })
  })

  it('are amended one by one, and nothing else is', async () => {
    await store.create({ ...createNewSecret(name, 'one'), tags: { a: 'b' }, kmsKeyId: 'alias/shop' })
    const before = await store.describe(name)
    await store.amend(name, { description: 'Of the shop' })
    expect(await store.describe(name)).toEqual({ ...before, description: 'Of the shop' })
    await store.amend(name, { kmsKeyId: 'alias/other' })
    expect(await store.describe(name)).toEqual({
      ...before,
      description: 'Of the shop',
      kmsKeyId: 'alias/other',
    })
  })

  it('know the regions with a copy, which only a look at the secret shows', async () => {
    await store.create({ ...createNewSecret(name, 'one'), tags: { 'smc-owner': `${name}:x` } })
    await store.replicate(name, ['eu-central-1', 'us-east-1'])
    const regions = async () => (await store.describe(name))?.replicas?.map(({ region }) => region).toSorted()
    expect(await regions()).toEqual(['eu-central-1', 'us-east-1'])
    expect((await store.list({ tagValuePrefix: `${name}:` })).map(({ replicas }) => replicas)).toEqual([
      undefined,
    ])
    await store.removeReplicas(name, ['us-east-1'])
    expect(await regions()).toEqual(['eu-central-1'])
    await store.removeReplicas(name, ['us-east-1'])
    expect(await regions()).toEqual(['eu-central-1'])
  })

  it('keep a secret with copies from being deleted', async () => {
    await store.create(createNewSecret(name, 'one'))
    await store.replicate(name, ['eu-central-1'])
    await expect(store.scheduleDeletion(name, 7)).rejects.toMatchObject({ code: 'ReplicasRemain' })
    await store.removeReplicas(name, ['eu-central-1'])
    await store.scheduleDeletion(name, 7)
    expect(await store.describe(name)).toHaveProperty('deletionAt')
  })

  it.skipIf(gaps.includes('write-on-scheduled'))(
    'stay as they are while the secret is scheduled for deletion',
    async () => {
      await store.create(createNewSecret(name, 'one'))
      await store.scheduleDeletion(name, 7)
      await expect(store.amend(name, { description: 'x' })).rejects.toMatchObject(scheduled)
      await expect(store.replicate(name, ['eu-central-1'])).rejects.toMatchObject(scheduled)
      await expect(store.removeReplicas(name, ['eu-central-1'])).rejects.toMatchObject(scheduled)
    },
  )

  it('belong to a secret that is there', async () => {
    const notFound = { code: 'SecretNotFound' }
    await expect(store.amend(name, { description: 'x' })).rejects.toMatchObject(notFound)
    await expect(store.replicate(name, ['eu-central-1'])).rejects.toMatchObject(notFound)
    await expect(store.removeReplicas(name, ['eu-central-1'])).rejects.toMatchObject(notFound)
  })
}
