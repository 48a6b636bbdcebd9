import { SyncError } from '../../../core/errors.ts'
import type { Live } from '../../../core/plan/plan.ts'
import type { SecretName } from '../../../core/secrets/desired.ts'
import { assertSecretName } from '../../../core/secrets/store-limits.ts'
import { describeSecret, type SecretsManagerTarget } from './reads.ts'
import { isAmbiguous, type StoreAction, toStoreError } from './store-error.ts'

/** One call that changes a secret. */
export interface StoreWrite<Answer> {
  readonly action: StoreAction
  readonly name: SecretName
  call(): Promise<Answer>
  /** What an ambiguous refusal means for a secret that is neither ending nor written by others. */
  explain?(live: Live): SyncError | null
}

/**
 * Makes the call. Where AWS refuses in a way that has several reasons, the secret is looked at to tell which.
 * @throws {SyncError} SecretNameInvalid, SecretScheduledForDeletion, SecretManagedElsewhere, and as `toStoreError` and
 *   `explain` say
 */
export async function writeSecret<Answer>(
  at: SecretsManagerTarget,
  { action, name, call, explain }: StoreWrite<Answer>,
): Promise<Answer> {
  assertSecretName(name)
  try {
    return await call()
  } catch (thrown) {
    const live = isAmbiguous(thrown) ? await describeSecret(at, name) : null
    throw (live && explainState(live)) ?? (live && explain?.(live)) ?? toStoreError(thrown, { action, name })
  }
}

function explainState({ name, deletionAt, managedElsewhere }: Live): SyncError | null {
  if (deletionAt !== undefined) return new SyncError('SecretScheduledForDeletion', { data: { name } })
  if (managedElsewhere === undefined) return null
  return new SyncError('SecretManagedElsewhere', { data: { name, by: managedElsewhere } })
}
