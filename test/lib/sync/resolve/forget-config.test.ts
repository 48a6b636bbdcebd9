import { expect, it } from 'vitest'
import { createHead } from '../../../../lib/sync/apply/begin-sync.ts'
import { forgetConfig } from '../../../../lib/sync/resolve/forget-config.ts'
import { createRawShop } from '../../../fakes/raw-shop.ts'
import { createSyncHarness } from '../../../fakes/sync-harness.ts'

it('stops watching for a config that is gone, once, and keeps what it wrote', async () => {
  const harness = createSyncHarness()
  const { state } = harness
  const look = await harness.look('a')
  const watcher = {
    configId: look.poke.id,
    ref: { branch: 'main' },
    url: 'https://git.example/o/r',
    pullIntervalMs: 60_000,
  }
  const head = {
    ...createHead(look),
    nextDueAt: '2026-01-01T00:00:00.000Z',
    watching: { repositoryKey: 'k', watcher },
  }
  await state.writeWatcher('k', watcher)
  await state.writeHead(head, null)
  await state.writeInventory(head.id, 0, [
    { name: 's', versionId: 'v', writtenAt: '2026-01-01T00:00:00.000Z' },
  ])

  await forgetConfig(harness.dependencies, { ...look, head: await state.readHead(head.id) })
  const after = await state.readHead(head.id)
  expect(after).not.toHaveProperty('watching')
  expect(after).not.toHaveProperty('nextDueAt')
  expect(await state.listWatchers('k')).toEqual([])
  expect(await state.readInventory(head.id, 0)).toHaveLength(1)

  harness.writes.length = 0
  await forgetConfig(harness.dependencies, { ...look, head: after })
  await forgetConfig(harness.dependencies, { ...look, head: null })
  expect(harness.writes).toEqual([])
  harness.close()
})

it('whoever asked for a config that is gone is told so', async () => {
  const shop = createRawShop()
  shop.commit('A=1')
  await shop.sync()
  shop.configs.remove('SecretManagerConfig', 'a')
  await shop.sync({ trigger: 'manual', requestId: 'asked' })
  expect(await shop.state.readRequest('asked')).toMatchObject({ state: 'failed', result: 'ConfigNotFound' })
  shop.close()
})
