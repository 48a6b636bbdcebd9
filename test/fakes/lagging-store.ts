import type { Live } from '../../lib/core/plan/plan.ts'
import type { Clock, SecretStore } from '../../lib/ports.ts'

/** Lists of AWS lag behind writes by up to so much. */
export const maximumLagMs = 5 * 60_000

/** Short pages, so that a listing takes several. */
const pageLength = 10

interface Sighting {
  readonly at: number
  readonly live: Live | null
}

/**
 * A store whose lists show each secret as it was at some moment of the last five minutes, each at another one.
 * `describe` is exact. What is not changed through this store must be told by `notice`.
 */
export interface LaggingStore extends SecretStore {
  /** The secret has changed behind the back of this store. */
  notice(name: string): Promise<void>
}

/** @param lagShare a number from 0 up to 1 for each secret in each list: how much of the longest lag it has */
export function createLaggingStore(
  store: SecretStore,
  { clock, lagShare }: { readonly clock: Pick<Clock, 'now'>; readonly lagShare: () => number },
): LaggingStore {
  const sightings = new Map<string, Sighting[]>()
  const notice = async (name: string) => {
    const seen = sightings.get(name) ?? []
    seen.push({ at: clock.now(), live: withoutReplicas(await store.describe(name)) })
    sightings.set(name, seen)
  }
  const noticed = async <Result>(name: string, work: Promise<Result>): Promise<Result> => {
    const result = await work
    await notice(name)
    return result
  }
  const recall = (seen: readonly Sighting[]): Live | null => {
    const at = clock.now() - lagShare() * maximumLagMs
    const live = seen.findLast((sighting) => sighting.at <= at)?.live ?? null
    return live?.deletionAt !== undefined && Date.parse(live.deletionAt) <= at ? null : live
  }
  const list: SecretStore['list'] = async (filter) =>
    [...sightings.values()]
      .map(recall)
      .filter((live) => live !== null)
      .filter(
        ({ tags }) => !filter || Object.values(tags).some((tag) => tag.startsWith(filter.tagValuePrefix)),
      )
  return {
    ...store,
    notice,
    list,
    listPage: async (filter, start = '0') => {
      const secrets = await list(filter)
      const end = Number(start) + pageLength
      const next = end < secrets.length ? { next: String(end) } : {}
      return { secrets: secrets.slice(Number(start), end), ...next }
    },
    create: async (secret) => await noticed(secret.name, store.create(secret)),
    put: async (version) => await noticed(version.name, store.put(version)),
    moveCurrent: async (name, to, from) => await noticed(name, store.moveCurrent(name, to, from)),
    restore: async (name) => await noticed(name, store.restore(name)),
    amend: async (name, settings) => await noticed(name, store.amend(name, settings)),
    tag: async (name, tags) => await noticed(name, store.tag(name, tags)),
    scheduleDeletion: async (name, days) => await noticed(name, store.scheduleDeletion(name, days)),
  }
}

/** No list shows copies in other regions. */
function withoutReplicas(live: Live | null): Live | null {
  if (!live) return null
  const { replicas: _, ...listed } = live
  return listed
}
