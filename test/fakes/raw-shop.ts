import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Poke } from '../../lib/core/poke.ts'
import type { ConfigHead } from '../../lib/core/state/records.ts'
import type { SyncReport } from '../../lib/sync/look.ts'
import { createSyncConfig } from '../../lib/sync/sync-config.ts'
import { createConfigManifest, createRepositoryManifest } from './in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from './sync-harness.ts'

const fixtures = join(import.meta.dirname, '../fixtures')
const ageKeys = readFileSync(join(fixtures, 'keys/x25519.agekey'), 'utf8')

/** `application.secrets.env` with PASSWORD (which is `canary`) and USER, encrypted. */
export const sealedEnv = readFileSync(join(fixtures, 'sync/application.secrets.env'), 'utf8')
export const canary = 'canary-7d1f93'
export const rawPath = 'api/deployment-configuration/dev/application.secrets.env'
export const minuteMs = 60_000

/** A config `a` in raw mode, whose service is called `api`, on a repository that a test commits to. */
export interface RawShop extends SyncHarness {
  /** Makes `text` the only file of `main`. @returns the commit id */
  commit(text: string, path?: string): string
  sync(changes?: Partial<Poke>, timeMs?: number): Promise<SyncReport>
  readHead(): Promise<ConfigHead | null>
  /** The version id that carries AWSCURRENT. */
  current(name: string): Promise<string | undefined>
}

export function createRawShop(): RawShop {
  const harness = createSyncHarness({ ageKeys })
  harness.configs.put(createRepositoryManifest())
  harness.configs.put(rawConfig())
  let requests = 0
  return {
    ...harness,
    commit: (text, path = rawPath) => harness.git.commit('main', { [path]: text }),
    sync: async (changes = {}, timeMs = 5 * minuteMs) => {
      requests += 1
      const poke = harness.poke('a', { requestId: `request-${requests}`, ...changes })
      return await createSyncConfig(harness.dependencies)(poke, { deadlineAt: harness.clock.now() + timeMs })
    },
    readHead: async () => await harness.state.readHead('m/shop/a'),
    current: async (name) => (await harness.store.describe(name))?.current,
  }
}

/** The manifest of `a`; `secrets` and `spec` override single fields. */
export function rawConfig(secrets: object = {}, spec: object = {}) {
  return createConfigManifest('a', { kustomizePath: undefined, prefix: undefined, ...secrets }, { ...spec })
}
