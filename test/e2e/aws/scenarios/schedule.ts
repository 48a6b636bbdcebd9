import { expect, it } from 'vitest'
import { createPassword } from '../stack/overlays.ts'
import type { Scene } from './scene.ts'

/** A minute for the schedule, and another for an interval that has begun just before its pass. */
const passesMs = 140_000

/** What the scheduled pass heals. */
export function describeSchedule(scene: () => Scene): void {
  it(
    'the schedule finds a push whose delivery was lost',
    async () => {
      const { service, shop } = scene()
      shop.repository.commit(await createPassword(service.encrypt, 'prod', 'never-delivered'))
      await shop.waitForSecret('shop-prod-DATABASE_PASSWORD', 'never-delivered', passesMs)
      expect(await shop.waitForHead('prod')).toMatchObject({
        ready: true,
        history: expect.arrayContaining([expect.objectContaining({ trigger: 'fan-out' })]),
      })
    },
    passesMs + 20_000,
  )
}
