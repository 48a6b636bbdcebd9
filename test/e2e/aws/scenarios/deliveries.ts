import { describe, expect, it } from 'vitest'
import { readLines } from '../stack/function-logs.ts'
import type { Scene } from './scene.ts'

/** How deliveries of Git hosts are judged. */
export function describeDeliveries(scene: () => Scene): void {
  describe('a delivery', () => {
    it.each([
      ['has no signature', null],
      ['has a signature by another secret', `sha256=${'0'.repeat(64)}`],
      ['has a signature of another kind', `sha1=${'0'.repeat(40)}`],
    ])('is refused without effect when it %s', async (_, signature) => {
      const { service, shop, dumpState } = scene()
      const [state, looks] = [await dumpState(), await countLooks(service.cloud)]
      const commit = shop.repository.git('rev-parse', 'main')
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => service.api.deliverPush(shop.url, commit, { signature })),
      )
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 401, body: { code: 'SignatureInvalid' } })
      }
      expect(await dumpState()).toBe(state)
      expect(await countLooks(service.cloud)).toBe(looks)
    })

    it('asks nothing of AWS when it has no signature', async () => {
      const { service, shop } = scene()
      // A process that knows no secret yet.
      await service.functions.crash('webhook')
      const { calls } = service.cloud.secretsManager
      const before = calls.length
      expect(await service.api.deliverPush(shop.url, '0'.repeat(40), { signature: null })).toMatchObject({
        status: 401,
      })
      expect(calls.slice(before).filter(({ name }) => name.includes('webhook'))).toEqual([])
    })

    it('has one effect when it is repeated', async () => {
      const { service, shop } = scene()
      const commit = shop.repository.commit({ 'README.md': 'Delivered three times.\n' })
      const answers = [
        await service.api.deliverPush(shop.url, commit),
        await service.api.deliverPush(shop.url, commit),
        await service.api.deliverPush(shop.url, commit),
      ]
      const [delivery = ''] = answers.map(({ body }) => (body as { readonly delivery: string }).delivery)
      for (const answer of answers) expect(answer).toMatchObject({ status: 202, body: { delivery } })
      await shop.waitForLook(delivery)
      // Looks at one repository follow each other, so that a second one would be there now.
      await shop.waitForLook(await shop.push({ 'README.md': 'And then once.\n' }))
      expect(await countLooks(service.cloud, delivery)).toBe(1)
      expect(await service.api.call('GET', `/deliveries/${delivery}`)).toMatchObject({
        status: 200,
        body: { hash: delivery, host: 'github', result: 'queued', commits: [commit] },
      })
    })
  })
}

/** Looks that a delivery has led to; those of the schedule come and go. */
async function countLooks(cloud: Scene['service']['cloud'], delivery?: string): Promise<number> {
  const looks = (await readLines(cloud, 'worker')).filter(
    ({ message, requestId }) =>
      message === 'repository looked at' &&
      !requestId?.startsWith('schedule-') &&
      (delivery === undefined || requestId === delivery),
  )
  return looks.length
}
