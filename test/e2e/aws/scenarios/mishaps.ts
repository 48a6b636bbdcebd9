import { beforeAll, describe, expect, it } from 'vitest'
import { createPassword } from '../stack/overlays.ts'
import { configIdOf } from '../stack/shop.ts'
import { createEncrypt } from '../stack/sops.ts'
import { waitFor } from '../stack/wait-for.ts'
import type { Scene } from './scene.ts'

const password = 'shop-dev-DATABASE_PASSWORD'
/** Of no key that the service has. */
const strangerRecipient = 'age1kuaaldughd0yra7fncmvj4m9357xnk4m6dkkfmxefy0jcmprfapsua8wmy'
/** Of a release that this one does not know. */
const poison = JSON.stringify({ v: 2, kind: 'config', id: configIdOf('dev') })
const visibilityTimeOutsMs = 6 * 6_000 + 20_000

/** What goes wrong, and mends. */
export function describeMishaps(scene: () => Scene): void {
  describe('on a bad day', () => {
    // Delivered five times before it is given up, which takes a while: it dies beside all that follows.
    beforeAll(async () => {
      const { queues } = scene().service
      await queues.sendToSync(poison, 'poison')
      await queues.sendToSync('not even JSON', 'garbage')
    })

    it('a config that waits is synced at once by the push that mends it', async () => {
      const { service, shop, writesSince } = scene()
      const { encrypt, cloud } = service
      const writes = writesSince()
      const forStrangers = await createEncrypt(cloud.environment, ['--age', strangerRecipient])
      await shop.push(await createPassword(forStrangers, 'dev', 'unreadable'))
      const waiting = await shop.waitForConfig('dev', ({ phase }) => phase === 'Retrying')
      expect(waiting).toMatchObject({ ready: false, reason: 'SopsNoMatchingKey' })
      expect(Date.parse(waiting.nextDueAt ?? '')).toBeGreaterThan(Date.now() + 20_000)
      expect(writes()).toEqual([])
      await shop.push(await createPassword(encrypt, 'dev', 'mended'))
      await shop.waitForSecret(password, 'mended')
      await shop.waitForHead('dev')
    })

    it('a run that crashes after a write is done again, and nothing is written twice', async () => {
      const { service, shop, writesSince } = scene()
      const { secretsManager } = service.cloud
      const writes = writesSince()
      secretsManager.interfere = async ({ action, name }) => {
        if (action !== 'PutSecretValue' || name !== password) return undefined
        secretsManager.interfere = undefined
        await service.functions.crash('worker')
        return 'lost'
      }
      await shop.push(await createPassword(service.encrypt, 'dev', 'crashed'))
      await shop.waitForSecret(password, 'crashed')
      const { history } = await shop.waitForHead('dev', 60_000)
      expect(writes()).toEqual([`PutSecretValue ${password}`])
      const [mended, interrupted] = history
      expect(mended).toMatchObject({ result: 'ReconciliationSucceeded' })
      expect(interrupted).toMatchObject({
        result: 'RunInterrupted',
        outcomes: [{ name: password, result: 'applied' }],
      })
    })

    it('an answer that is lost after the write leaves one version', async () => {
      const { service, shop } = scene()
      const { secretsManager } = service.cloud
      const versions = await service.account.listVersionIds(password)
      let lost = 0
      secretsManager.interfere = async ({ action }) => {
        if (action !== 'PutSecretValue') return undefined
        lost += 1
        secretsManager.interfere = undefined
        return 'lost'
      }
      await shop.push(await createPassword(service.encrypt, 'dev', 'answer-lost'))
      await shop.waitForSecret(password, 'answer-lost')
      expect(await shop.waitForHead('dev')).toMatchObject({ ready: true })
      expect(lost).toBe(1)
      expect(await service.account.listVersionIds(password)).toHaveLength(versions.length + 1)
    })

    it('a message that no run can work dies alone, and one that is no message is dropped', async () => {
      const { service } = scene()
      const dead = await waitFor(
        () => service.queues.listDeadSyncs(),
        (bodies) => bodies.length > 0,
        visibilityTimeOutsMs,
      )
      expect(dead).toEqual([poison])
    }, 90_000)
  })
}
