import { describe, expect, it } from 'vitest'
import { deployStack, removeStack } from '../stack/deployed-stack.ts'
import { openHttpApi } from '../stack/http-api.ts'
import { configIdOf } from '../stack/shop.ts'
import { waitFor } from '../stack/wait-for.ts'
import type { Scene } from './scene.ts'

/** Removes the stack and deploys it again, so this comes last. */
export function describeRemoval(scene: () => Scene): void {
  describe('a removed stack', () => {
    it('leaves every secret and what it remembers behind', async () => {
      const { service, writesSince, dumpState } = scene()
      const [state, writes] = [await dumpState(), writesSince()]
      const before = await service.account.readSecret('shop-dev-DATABASE_PASSWORD')
      await removeStack(service.cloud, service.params)
      expect(await service.account.readSecret('shop-dev-DATABASE_PASSWORD')).toEqual(before)
      expect(writes()).toEqual([])
      expect(await dumpState()).toBe(state)
    }, 90_000)

    it('is not deployed anew with a second key of version ids', async () => {
      const { cloud, params } = scene().service
      await expect(deployStack(cloud, params)).rejects.toThrow(/version-key/)
    }, 90_000)

    it('goes on where it was when it is deployed with its table and its key', async () => {
      const { service, writesSince } = scene()
      const { cloud, params, outputs: left } = service
      const writes = writesSince()
      const adopted = {
        existingTable: left['StateTable'] ?? '',
        existingVersionKey: left['VersionKey'] ?? '',
      }
      const outputs = await deployStack(cloud, { ...params, ...adopted })
      expect(outputs).toMatchObject({ StateTable: left['StateTable'], VersionKey: left['VersionKey'] })
      const api = openHttpApi(cloud, outputs['HttpApiUrl'] ?? '')
      for (const overlay of ['dev', 'prod']) {
        const { body } = await api.call('POST', `/configs/${configIdOf(overlay)}/sync`)
        const { requestId } = body as { readonly requestId: string }
        const answer = await waitFor(
          async () => (await api.call('GET', `/requests/${requestId}`)).body as { readonly state: string },
          ({ state }) => state !== 'queued',
        )
        expect(answer).toMatchObject({ state: 'done', result: 'ReconciliationSucceeded' })
      }
      expect(writes()).toEqual([])
    }, 90_000)
  })
}
