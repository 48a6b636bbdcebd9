import { afterEach, expect, it, vi } from 'vitest'
import type { Policy } from '../../../../lib/core/config/policy/policy.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { minuteMs, sealedEnv } from '../../../fakes/raw-shop.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

afterEach(() => harness.close())

/** The sync of an overlay for dev that reads an encrypted file of prod, by a tenant with these decryption keys. */
async function syncDev(decryptionKeys: readonly string[]) {
  harness = createSyncHarness()
  harness.configs.put(createRepositoryManifest())
  harness.configs.put(createConfigManifest('dev', { kustomizePath: 'dev', prefix: 'dev' }))
  harness.git.commit('main', {
    'dev/kustomization.yaml': 'resources: [../prod]\n',
    'prod/kustomization.yaml': 'secretGenerator: [{ name: db, envs: [db.env] }]\n',
    'prod/db.env': sealedEnv,
  })
  const policy: Policy = {
    tenancy: 'listed',
    tenants: [{ tenant: 'm/shop', namePrefixes: ['dev'], decryptionKeys }],
  }
  const unwrap = vi.fn(async () => null)
  const keyServices = async () => [{ kind: 'age', isGranted: () => true, unwrap } as const]
  const sync = createSyncConfig({ ...harness.dependencies, policy, keyServices })
  const report = await sync(harness.poke('dev'), { deadlineAt: harness.clock.now() + 5 * minuteMs })
  return { result: report.result, asked: unwrap.mock.calls.length, secrets: await harness.store.list() }
}

it('asks no key service about a file of prod that an overlay for dev names', async () => {
  expect(await syncDev(['age1otherkey'])).toEqual({ result: 'NotPermitted', asked: 0, secrets: [] })
})

it('asks about it where its key is granted', async () => {
  expect(await syncDev(['age1*'])).toMatchObject({ result: 'SopsNoMatchingKey', asked: 1 })
})
