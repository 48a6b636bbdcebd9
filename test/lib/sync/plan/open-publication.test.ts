import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseConfig } from '../../../../lib/core/config/parse/parse-config.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { Desired } from '../../../../lib/core/secrets/desired.ts'
import { openPublication } from '../../../../lib/sync/plan/open-publication.ts'
import { createConfigManifest } from '../../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

it('knows what it has marked, and only for the config and the place that it was marked for', async () => {
  const { dependencies, store } = harness
  const config = parseConfig(createConfigManifest('a'), 'm')
  const publication = await openPublication(dependencies, config)
  const desired: Desired = {
    name: 'a',
    versionId: 'v'.repeat(64),
    payload: SecretValue.fromText('x'),
    kind: 'string',
    origin: { kind: 'Secret', name: 's', key: 'a' },
    tags: { team: 'us' },
  }
  const tags = publication.tagsOf(desired)
  expect(tags).toMatchObject({ team: 'us', 'smc-deployment': 'test' })
  const live = { name: 'a', versions: new Map(), tags }
  expect(publication.standingOf(live)).toEqual({ kind: 'ours' })
  const elsewhere = { ...store, target: { ...store.target, region: 'eu-west-2' } }
  for (const [changed, parsed] of [
    [dependencies, parseConfig(createConfigManifest('b'), 'm')],
    [{ ...dependencies, stores: async () => elsewhere }, config],
    [{ ...dependencies, deployment: 'other' }, config],
  ] as const) {
    expect((await openPublication(changed, parsed)).standingOf(live)).toMatchObject({ kind: 'conflict' })
  }
})
