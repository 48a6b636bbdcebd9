import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { NewVersion, SecretStore } from '../../../../lib/ports.ts'

export const writingCalls = ['create', 'put', 'moveCurrent', 'restore', 'tag', 'scheduleDeletion'] as const

export type WritingCall = (typeof writingCalls)[number]

/** One writing call of a worker that the store has carried out. */
export interface Entry {
  readonly call: WritingCall
  readonly configName: string
  readonly name: string
  /** What was to be current. */
  readonly versionId?: string
  readonly before: Live | null
  readonly after: Live | null
  /** What readers got before and after; `undefined` where there was no secret. */
  readonly valueBefore?: string | undefined
  readonly valueAfter?: string | undefined
}

/** Values by version id: the ids of this store are unique to a value, whoever wrote it. */
export type Values = Map<string, string>

/**
 * The store as the workers of one config have it: each writing call is told to `onEntry`, with the secret as it was
 * just before and just after.
 */
export function keepLedger(
  store: SecretStore,
  configName: string,
  { values, onEntry }: { readonly values: Values; readonly onEntry: (entry: Entry) => void },
): SecretStore {
  const readCurrent = (live: Live | null) =>
    live?.current === undefined ? undefined : values.get(live.current)
  const kept = async <Result>(
    call: WritingCall,
    { name, versionId }: { readonly name: string; readonly versionId?: string },
    work: () => Promise<Result>,
  ) => {
    const before = await store.describe(name)
    const result = await work()
    const after = await store.describe(name)
    onEntry({
      call,
      configName,
      name,
      ...(versionId !== undefined && { versionId }),
      before,
      after,
      valueBefore: readCurrent(before),
      valueAfter: readCurrent(after),
    })
    return result
  }
  const learn = ({ versionId, value }: NewVersion) =>
    void values.set(versionId, Buffer.from(value.reveal()).toString())
  return {
    ...store,
    create: async (secret) => {
      learn(secret)
      await kept('create', secret, () => store.create(secret))
    },
    put: async (version) => {
      learn(version)
      return await kept('put', version, () => store.put(version))
    },
    moveCurrent: async (name, to, from) =>
      await kept('moveCurrent', { name, versionId: to }, () => store.moveCurrent(name, to, from)),
    restore: async (name) => await kept('restore', { name }, () => store.restore(name)),
    tag: async (name, tags) => await kept('tag', { name }, () => store.tag(name, tags)),
    scheduleDeletion: async (name, days) =>
      await kept('scheduleDeletion', { name }, () => store.scheduleDeletion(name, days)),
  }
}
