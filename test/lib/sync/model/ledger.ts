import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { NewVersion, ParameterStore, SecretStore } from '../../../../lib/ports.ts'

export type WritingCall =
  | 'create'
  | 'put'
  | 'moveCurrent'
  | 'rewrite'
  | 'restore'
  | 'tag'
  | 'replicate'
  | 'removeReplicas'
  | 'scheduleDeletion'
  | 'remove'

/** One writing call of a worker that the store has carried out. */
export interface Entry {
  readonly call: WritingCall
  readonly configName: string
  readonly name: string
  /** What was to be current. */
  readonly versionId?: string
  readonly regions?: readonly string[]
  readonly before: Live | null
  readonly after: Live | null
  /** What readers got before and after; `undefined` where there was no secret. */
  readonly valueBefore?: string | undefined
  readonly valueAfter?: string | undefined
}

/** What each version of each secret holds, by `<name> <version id>`. */
export type Values = Map<string, string>

export function readValue(values: Values, live: Live | null): string | undefined {
  return live?.current === undefined ? undefined : values.get(`${live.name} ${live.current}`)
}

/** Who keeps a ledger for the workers of which config. */
export interface LedgerOptions {
  readonly configName: string
  readonly values: Values
  readonly onEntry: (entry: Entry) => void
}

/**
 * The store as the workers of one config have it: each writing call is told to `onEntry`, with the secret as it was
 * just before and just after.
 */
export function keepLedger(store: SecretStore, options: LedgerOptions): SecretStore {
  const { kept, learn } = createKeeper(store, options)
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
    replicate: async (name, regions, key) =>
      await kept('replicate', { name, regions }, () => store.replicate(name, regions, key)),
    removeReplicas: async (name, regions) =>
      await kept('removeReplicas', { name, regions }, () => store.removeReplicas(name, regions)),
    scheduleDeletion: async (name, days) =>
      await kept('scheduleDeletion', { name }, () => store.scheduleDeletion(name, days)),
  }
}

/** The same of Parameter Store. */
export function keepParameterLedger(store: ParameterStore, options: LedgerOptions): ParameterStore {
  const { kept, learn } = createKeeper(store, options)
  return {
    ...store,
    create: async (parameter) => {
      learn(parameter)
      await kept('create', parameter, () => store.create(parameter))
    },
    put: async (parameter) => {
      learn(parameter)
      await kept('put', parameter, () => store.put(parameter))
    },
    tag: async (name, tags) => await kept('tag', { name }, () => store.tag(name, tags)),
    rewrite: async (name, to, from) =>
      await kept('rewrite', { name, versionId: to }, () => store.rewrite(name, to, from)),
    remove: async (name) => await kept('remove', { name }, () => store.remove(name)),
  }
}

function createKeeper(
  { describe }: Pick<SecretStore, 'describe'>,
  { configName, values, onEntry }: LedgerOptions,
) {
  const kept = async <Result>(
    call: WritingCall,
    { name, versionId, regions }: Pick<Entry, 'name' | 'versionId' | 'regions'>,
    work: () => Promise<Result>,
  ) => {
    const before = await describe(name)
    const valueBefore = readValue(values, before)
    const result = await work()
    const after = await describe(name)
    onEntry({
      ...{ call, configName, name, before, after, valueBefore, valueAfter: readValue(values, after) },
      ...(versionId !== undefined && { versionId }),
      ...(regions && { regions }),
    })
    return result
  }
  const learn = ({ name, versionId, value }: NewVersion) =>
    void values.set(`${name} ${versionId}`, Buffer.from(value.reveal()).toString())
  return { kept, learn }
}
