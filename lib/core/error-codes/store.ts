import { type ErrorTable, retry, stall, wait } from './entry.ts'

/** What can go wrong in the secret store, or stand in the way of a write there. */
export const storeErrors = {
  StoreUnavailable: retry(503, 'The secret store did not answer.', 'Usually passes by itself.'),
  StoreThrottled: retry(
    503,
    'The secret store asks to slow down.',
    'Passes by itself; raise the interval if it stays.',
  ),
  // It is the service that lacks a permission, not whoever asks it.
  StoreAccessDenied: wait(
    503,
    'The secret store refused the call.',
    'Allow the named action for the worker role.',
  ),
  StoreKeyUnusable: wait(
    503,
    'The encryption key of the secret cannot be used.',
    'Enable the KMS key, and allow the worker role to generate data keys and to decrypt with it.',
  ),
  VersionKeyUnavailable: wait(
    503,
    'The key of version ids cannot be had.',
    'Enable the HMAC key in AWS KMS, and allow `kms:GenerateMac` on it for the worker role.',
  ),
  StoreLimitExceeded: wait(
    503,
    'The secret store has reached a quota.',
    'Raise the quota in AWS, or write less often.',
  ),
  SecretNotFound: retry(
    404,
    'The store holds no such secret.',
    'The next look plans anew; `smc secrets list` lists the names of the local store.',
  ),
  SecretExists: retry(409, 'A secret with this name exists already.', 'The next look plans anew.'),
  SecretScheduledForDeletion: retry(
    409,
    'The secret is scheduled for deletion.',
    'The next look restores it if the config still wants it.',
  ),
  StageMoved: retry(
    409,
    'A staging label was moved by somebody else in the meantime.',
    'The next look plans anew.',
  ),
  VersionTampered: stall(
    409,
    'A version with the wanted id holds other data.',
    'Somebody wrote a version under an id of ours; delete that version or rename the secret.',
  ),
  VersionExpired: stall(
    409,
    'The store no longer has a version that the history tells of.',
    'Go back to a newer revision, leave those secrets as they are with `smc rollback --partial`, or `smc resume`.',
  ),
  VersionUnreadable: stall(
    409,
    'Parameters can go back only where the service may read their former versions.',
    'Deploy with `parameterRollback=true`, leave those parameters as they are with `smc rollback --partial`, or `smc resume`.',
  ),
  GroupMixed: wait(
    503,
    'Some secrets of a group have their new version, as they could not be moved back when others failed.',
    'The next look goes on where this one ended.',
  ),
  ReplicaFailed: wait(
    409,
    'A copy of a secret in another region has failed.',
    'It is asked for again. See the secret in that region: often its name is taken there, or its KMS key does not exist.',
  ),
  ReplicasRemain: wait(
    409,
    'The secret still has copies in other regions, so that it cannot be deleted yet.',
    'Passes by itself once AWS has removed the copies.',
  ),
  SecretNotOwned: stall(
    409,
    'A secret with this name exists and is not ours.',
    'Rename it or ours, or list it under `adopt` with its version id.',
  ),
  SecretOwnedElsewhere: stall(
    409,
    'The secret belongs to another config or deployment.',
    'Remove the name from one of the two configs.',
  ),
  SecretManagedElsewhere: stall(
    409,
    'The secret is rotated, replicated or owned by an AWS service.',
    'Choose another name.',
  ),
  ParameterTypeFixed: stall(
    409,
    'The parameter is a String and is to be a SecureString, or the other way round; Parameter Store cannot change that.',
    'Delete the parameter, so that the next sync creates it anew, or choose another path.',
  ),
  PruneBraked: wait(
    409,
    'Too large a share of the secrets of the config, or the last of them, would be deleted.',
    'See `smc plan CONFIG`; if that is meant, approve it with `smc prune --approve DIGEST CONFIG`.',
  ),
  SecretContested: wait(
    409,
    'A secret was made as Git says over and over, and somebody else changed it each time.',
    'Find out who writes it, in CloudTrail; `smc sync CONFIG` makes it as Git says at once.',
  ),
  WriteDeferred: wait(
    202,
    'The secret was written too often; the write waits for its budget.',
    'Passes by itself; AWS keeps 100 versions per day.',
  ),
} as const satisfies ErrorTable
