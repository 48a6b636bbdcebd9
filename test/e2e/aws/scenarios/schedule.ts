import { beforeAll, describe, expect, it } from 'vitest'
import { type Events, listenToEvents } from '../stack/events.ts'
import { createPassword } from '../stack/overlays.ts'
import { configIdOf } from '../stack/shop.ts'
import { waitFor } from '../stack/wait-for.ts'
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
    let events: Events

    // Both wait for passes, so they wait at the same time.
    beforeAll(async () => {
      const { service, shop, writesSince } = scene()
      wanted = (await service.account.readSecret(edited))?.value ?? ''
      writes = writesSince()
      events = await listenToEvents(service.cloud)
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
        expect(own).toEqual([`UpdateSecretVersionStage ${edited}`])
      },
      passesMs + 20_000,
    )

    it('has told the event bus of both, without a name of a secret', async () => {
      const told = await waitFor(
        () => events.list(),
        (seen) =>
          ['Config Synced', 'Config Drifted'].every((type) =>
            seen.some((event) => event['detail-type'] === type),
          ),
      )
      expect(told.find((event) => event['detail-type'] === 'Config Drifted')).toMatchObject({
        source: 'secret-manager-controller',
        detail: { configId: configIdOf('dev'), counts: { edited: 1 } },
      })
      expect(JSON.stringify(told)).not.toContain('DATABASE_PASSWORD')
    })
  })
}
