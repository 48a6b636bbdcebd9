import { afterEach, beforeEach, expect, it } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { formatTime } from '../../../../lib/core/time.ts'
import { planSync } from '../../../../lib/sync/plan/plan-sync.ts'
import { takeStock } from '../../../../lib/sync/record/take-stock.ts'
import { openConfig, openSubject, readManifest } from '../../../../lib/sync/resolve/open-config.ts'
import { resolveRevision } from '../../../../lib/sync/resolve/resolve-revision.ts'
import { createStepLog } from '../../../../lib/sync/step-log.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const foreign = 'e'.repeat(64)
let shop: RawShop

beforeEach(async () => {
  shop = createRawShop()
  shop.commit('A=1\nB=1')
  await shop.sync()
  shop.clock.advance(10 * minuteMs)
  const value = SecretValue.fromText('by hand')
  await shop.store.put({ name: 'api-A', versionId: foreign, value, kind: 'string' })
})

afterEach(() => {
  shop.close()
})

/** The stock after a plan of which nothing was carried out. */
async function take() {
  const look = await shop.look('a')
  const { dependencies } = shop
  const opened = await readManifest(dependencies, look.poke.id)
  const config = openConfig(opened, look.poke.id)
  const subject = await openSubject(dependencies, config, opened.configSource)
  const { revision, resolvedAt } = await resolveRevision(dependencies, subject, look)
  const mark = { revision, specDigest: '', optionDigest: subject.optionDigest }
  const target = { config, opened, subject, mark, resolvedAt }
  const log = createStepLog(dependencies, look, {})
  const planned = await planSync(dependencies, look, { target, log })
  const outcomes = planned.plan.changes.map((change) => ({ change, result: 'deferred' as const }))
  return takeStock({ ...planned, outcomes, begun: null }, formatTime(shop.clock.now()))
}

it('keeps what the config has written, and notes what was found instead', async () => {
  const before = await shop.state.readInventory('m/shop/a', (await shop.readHead())?.generation ?? 0)
  const { inventory, drift } = await take()
  expect(inventory).toEqual([{ ...before[0], drift: foreign }, before[1]])
  expect(drift).toEqual([
    { name: 'api-A', kind: 'edited', finding: foreign, isKnown: false, repaired: false },
  ])
})

it('reports nothing where the config does not ask for it', async () => {
  shop.configs.put(rawConfig({}, { diffDiscovery: false }))
  const { inventory, drift } = await take()
  expect(inventory[0]).toMatchObject({ drift: foreign })
  expect(drift).toEqual([])
})
