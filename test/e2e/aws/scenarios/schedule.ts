import { beforeAll, describe, expect, it } from 'vitest'
import { createPassword } from '../stack/overlays.ts'
import type { Scene } from './scene.ts'

/** A minute for the schedule, and another for an interval that has begun just before its pass. */
const passesMs = 140_000
const pushed = 'shop-prod-DATABASE_PASSWORD'
const edited = 'shop-dev-DATABASE_PASSWORD'

/** What the scheduled pass heals. */
export function describeSchedule(scene: () => Scene): void {
  describe('the schedule', () => {
    let wanted = ''
    let writes: () => readonly string[]

    // Both wait for passes, so they wait at the same time.
    beforeAll(async () => {
      const { service, shop, writesSince } = scene()
      wanted = (await service.account.readSecret(edited))?.value ?? ''
      writes = writesSince()
      await service.account.overwriteSecret(edited, 'by-hand')
      shop.repository.commit(await createPassword(service.encrypt, 'prod', 'never-delivered'))
    })

    it(
      'finds a push whose delivery was lost',
      async () => {
        const { shop } = scene()
        await shop.waitForSecret(pushed, 'never-delivered', passesMs)
        expect(await shop.waitForHead('prod')).toMatchObject({
          ready: true,
          history: expect.arrayContaining([expect.objectContaining({ trigger: 'fan-out' })]),
        })
      },
      passesMs + 20_000,
    )

    it(
      'finds what was changed by hand, and has it made as Git says without a new version',
      async () => {
        const { shop } = scene()
        const secret = await shop.waitForSecret(edited, wanted, passesMs)
        const { history } = await shop.waitForConfig('dev', ({ phase, history }) => {
          return phase === 'Ready' && history.some(({ trigger }) => trigger === 'drift')
        })
        // A busy machine may leave the repair to the next run.
        const [newest] = history.flatMap(({ outcomes }) => outcomes).filter(({ name }) => name === edited)
        expect(newest).toMatchObject({
          action: 'relabel',
          result: 'applied',
          versionId: secret?.versionId,
          drift: 'edited',
        })
        const own = writes().filter((write) => write.endsWith(edited))
        expect(own).toEqual([`PutSecretValue ${edited}`, `UpdateSecretVersionStage ${edited}`])
      },
      passesMs + 20_000,
    )
  })
}
