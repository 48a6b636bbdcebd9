import { SecretValue } from '../../lib/core/secret-value.ts'
import type { SecretName, VersionId } from '../../lib/core/secrets/desired.ts'
import type { NewSecret, SecretStore } from '../../lib/ports.ts'
import type { FakeClock } from '../fakes/clock.ts'

export interface StoreUnderTest {
  readonly store: SecretStore
  /** Absent where the store's time cannot be moved. */
  readonly clock?: FakeClock
  /** The text that carries AWSCURRENT, read by a way that the port does not have. */
  readCurrent(name: SecretName): Promise<string | null>
}

let opened = 0

/** What a peer that stands in for a store is known to get wrong. */
export type StoreGap =
  | 'write-on-scheduled'
  | 'create-over-scheduled'
  | 'limits'
  | 'move-to-unknown'
  | 'versions-of-unknown'

export interface SecretStoreContract {
  open(): Promise<StoreUnderTest>
  readonly gaps?: readonly StoreGap[]
}

/** A name that no other test has. */
export function createName(): SecretName {
  opened += 1
  return `contract/${opened}-${process.pid}/a+b=c@d.e_f`
}

/** A secret with a text as its version number `n`. */
export function createNewSecret(name: SecretName, text: string, n = 1): NewSecret {
  return { name, versionId: versionId(n), value: SecretValue.fromText(text), kind: 'string', tags: {} }
}

/** Puts a version, under a label where one is given. */
export async function putText(store: SecretStore, version: NewSecret, label?: string) {
  return await store.put({ ...version, ...(label === undefined ? {} : { label }) })
}

/** Version id number `n`: 64 hex characters, as ours are. */
export function versionId(n: number): VersionId {
  return n.toString(16).padStart(64, '0')
}
