import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { SecretStore } from '../../../../lib/ports.ts'

/** Where copies may be kept. */
export const allRegions = ['eu-central-1', 'us-east-1'] as const

/** The store with those copies failed that `failed` names, `<name> <region>`, until they are asked for again. */
export function showFailed(store: SecretStore, failed: Set<string>): SecretStore {
  return {
    ...store,
    replicate: async (name, regions, key) => {
      await store.replicate(name, regions, key)
      for (const region of regions) failed.delete(`${name} ${region}`)
    },
    describe: async (name) => {
      const live = await store.describe(name)
      return live && withFailed(live, failed)
    },
  }
}

function withFailed(live: Live, failed: ReadonlySet<string>): Live {
  const replicas = live.replicas?.map(({ region, state }) => ({
    region,
    state: failed.has(`${live.name} ${region}`) ? ('failed' as const) : state,
  }))
  return replicas ? { ...live, replicas } : live
}
