import { describe, expect, it } from 'vitest'
import { createPassword } from '../stack/overlays.ts'
import type { Scene } from './scene.ts'

/** What a push leads to. */
export function describePublishing(scene: () => Scene): void {
  describe('a push', () => {
    it('publishes new configs at the next pass of the schedule', async () => {
      const { service, shop } = scene()
      await service.functions.invoke('reconcile')
      const secret = await shop.waitForSecret('shop-dev-DATABASE_PASSWORD', 'shop-dev-password')
      expect(secret).toMatchObject({
        versionId: expect.stringMatching(/^[0-9a-f]{64}$/),
        tags: {
          team: 'shop',
          'managed-by': 'secret-manager-controller',
          'smc-deployment': 'e2e',
          'smc-owner': expect.stringContaining('team/shop/shop-dev'),
        },
      })
      await shop.waitForSecret('shop-dev-API_KEY', 'shop-base-api-key')
      await shop.waitForSecret('shop-prod-SESSION_KEY', 'shop-prod-session')
      expect(await shop.waitForHead('dev')).toMatchObject({ ready: true, secrets: 3 })
      expect(await shop.waitForHead('prod')).toMatchObject({ ready: true, secrets: 3 })
    })

    it('publishes an edit, and writes that secret alone', async () => {
      const { service, shop, writesSince } = scene()
      const before = await service.account.readSecret('shop-dev-DATABASE_PASSWORD')
      const writes = writesSince()
      await shop.push(await createPassword(service.encrypt, 'dev', 'edited'))
      const after = await shop.waitForSecret('shop-dev-DATABASE_PASSWORD', 'edited')
      expect(after?.versionId).toMatch(/^[0-9a-f]{64}$/)
      expect(after?.versionId).not.toBe(before?.versionId)
      expect(after?.tags).toEqual(before?.tags)
      await shop.waitForHead('dev')
      expect(writes()).toEqual(['PutSecretValue shop-dev-DATABASE_PASSWORD'])
    })

    it('moves a label for a revert, and adds no version', async () => {
      const { service, shop, writesSince } = scene()
      const versions = await service.account.listVersionIds('shop-dev-DATABASE_PASSWORD')
      expect(versions).toHaveLength(2)
      const writes = writesSince()
      await shop.push(await createPassword(service.encrypt, 'dev', 'shop-dev-password'))
      const after = await shop.waitForSecret('shop-dev-DATABASE_PASSWORD', 'shop-dev-password')
      expect(versions).toContain(after?.versionId)
      await shop.waitForHead('dev')
      expect(writes()).toEqual(['UpdateSecretVersionStage shop-dev-DATABASE_PASSWORD'])
      expect((await service.account.listVersionIds('shop-dev-DATABASE_PASSWORD')).toSorted()).toEqual(
        versions.toSorted(),
      )
    })

    it('writes nothing, no secret and no item, when it changes nothing that is published', async () => {
      const { service, shop, writesSince, dumpState } = scene()
      const [state, writes] = [await dumpState(), writesSince()]
      expect(await shop.waitForLook(await shop.push({ 'README.md': 'Nothing of a secret.\n' }))).toBe(0)
      expect(writes()).toEqual([])
      expect(await dumpState()).toBe(state)
      // The very same values, encrypted anew: the config is looked at, and found to be as Git says.
      await shop.push(await createPassword(service.encrypt, 'prod', 'shop-prod-password'))
      await shop.waitForHead('prod')
      expect(writes()).toEqual([])
    })

    it('pokes no config that it does not concern', async () => {
      const { service, shop, dumpState } = scene()
      const state = await dumpState('dev')
      const delivery = await shop.push(await createPassword(service.encrypt, 'prod', 'prod-edited'))
      await shop.waitForSecret('shop-prod-DATABASE_PASSWORD', 'prod-edited')
      expect(await shop.waitForLook(delivery)).toBe(1)
      await shop.waitForHead('prod')
      expect(await dumpState('dev')).toBe(state)
    })
  })
}
