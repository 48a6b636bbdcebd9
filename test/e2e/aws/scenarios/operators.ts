import { describe, expect, it } from 'vitest'
import { configIdOf } from '../stack/shop.ts'
import { waitFor } from '../stack/wait-for.ts'
import type { Scene } from './scene.ts'

/** What operators and CI may ask for. */
export function describeOperators(scene: () => Scene): void {
  describe('a signed request', () => {
    it('is accepted, and answered when the sync has ended', async () => {
      const { service, writesSince } = scene()
      const writes = writesSince()
      const accepted = await service.api.call('POST', `/configs/${configIdOf('dev')}/sync`)
      expect(accepted).toMatchObject({ status: 202, body: { configId: configIdOf('dev'), kind: 'sync' } })
      const { requestId } = accepted.body as { readonly requestId: string }
      expect(await waitForAnswer(scene(), requestId)).toMatchObject({
        state: 'done',
        result: 'ReconciliationSucceeded',
      })
      expect(writes()).toEqual([])
    })

    it('plans without writing', async () => {
      const { service, dumpState } = scene()
      const accepted = await service.api.call('POST', `/configs/${configIdOf('prod')}/plan`)
      const { requestId } = accepted.body as { readonly requestId: string }
      const answer = await waitForAnswer(scene(), requestId)
      expect(answer).toMatchObject({ state: 'done', plan: { changes: [], unchanged: 3 } })
      expect(await dumpState('prod')).toContain(requestId)
    })
  })

  it.each([
    ['GET', '/configs'],
    ['GET', `/configs/${configIdOf('dev')}`],
    ['GET', '/requests/any'],
    ['POST', `/configs/${configIdOf('dev')}/sync`],
    ['POST', `/configs/${configIdOf('dev')}/suspend`],
  ] as const)('answers 403 to %s %s without a signature', async (method, path) => {
    const { service, dumpState } = scene()
    const state = await dumpState()
    expect(await service.api.call(method, path, { signed: false })).toMatchObject({ status: 403 })
    expect(await dumpState()).toBe(state)
  })
}

async function waitForAnswer({ service }: Scene, requestId: string): Promise<unknown> {
  const isAnswered = (body: unknown) => (body as { readonly state?: string }).state !== 'queued'
  return await waitFor(async () => (await service.api.call('GET', `/requests/${requestId}`)).body, isAnswered)
}
