import { type ErrorTable, reject, retry, stall, wait } from './entry.ts'

/** What can go wrong with a SOPS-encrypted file; none of these ever carries a value of it. */
export const sopsErrors = {
  SopsMetadataMissing: stall(
    422,
    'The file holds no SOPS metadata.',
    'Encrypt it with `sops -e -i`, or check that the format was recognised.',
  ),
  SopsMetadataInvalid: stall(
    422,
    'The SOPS metadata of the file are malformed.',
    'Re-encrypt the file with a current sops; metadata are never edited by hand.',
  ),
  SopsFileUnreadable: stall(
    422,
    'The file cannot be read in its format.',
    'Check it with `sops -d`; merge conflicts and hand edits are the usual reasons.',
  ),
  SopsNoMatchingKey: wait(
    422,
    'No key that the service holds opens the file.',
    'Give the service one of the named keys, or add its key with `sops updatekeys`.',
  ),
  SopsKeyUnsupported: stall(
    422,
    'The file is encrypted for a kind of key that is not supported.',
    'Add an age or AWS KMS recipient with `sops updatekeys`.',
  ),
  SopsKeyInvalid: wait(
    422,
    'A private key that was given to the service cannot be read.',
    'Check the key file or the secret that holds it.',
  ),
  SopsKeyNotGranted: stall(
    403,
    'The file asks for a key that this config may not use.',
    'Ask whoever deploys the service to list the key; on your machine, name a Vault in `VAULT_ADDR`.',
  ),
  SopsKeyServiceUnavailable: retry(
    503,
    'The service that holds the key did not answer.',
    'Usually passes by itself; check the key service and the network.',
  ),
  SopsKeyAccessDenied: wait(
    403,
    'The service that holds the key refused to decrypt with it.',
    'Allow decryption with the named key to the identity that the service uses there.',
  ),
  SopsKeyUnusable: wait(
    422,
    'The key is disabled, pending deletion, gone, or not made for decryption.',
    'Enable or restore the named key, or choose another with `sops updatekeys`.',
  ),
  KmsAccessDenied: wait(
    403,
    'AWS KMS refused to decrypt with the key.',
    'Allow `kms:Decrypt` on the named key in its key policy and for the worker role, and let that assume the role that the file names.',
  ),
  SopsValueTampered: stall(
    422,
    'A value cannot be decrypted: it was changed, moved or copied from another file.',
    'Restore the file from Git history, or encrypt it again with sops.',
  ),
  SopsValueNotEncrypted: stall(
    422,
    'A value that must be encrypted is in plain text.',
    'Edit the file with `sops FILE`; and rotate the value, since Git history has it.',
  ),
  SopsValueInvalid: stall(
    422,
    'An encrypted value is malformed.',
    'Restore the file from Git history, or encrypt it again with sops.',
  ),
  SopsTreeUnsupported: stall(
    422,
    'The file holds something that sops itself cannot walk.',
    'Use string keys and values that sops accepts.',
  ),
  SopsMacInvalid: stall(
    422,
    'The MAC of the file cannot be decrypted.',
    'Restore `mac` and `lastmodified` from Git history, or encrypt the file again.',
  ),
  SopsMacMismatch: stall(
    422,
    'The MAC of the file does not match its values: something was changed without sops.',
    'Restore the file from Git history, or edit it with `sops FILE`.',
  ),
  SopsKeyOrderInvalid: reject(
    400,
    'The order in which kinds of keys are tried names one of them twice.',
    'Name each kind once, as in `age,kms`.',
  ),
  SopsPathInvalid: reject(
    400,
    'The path of the value to extract is not understood.',
    'Write it as sops does: `["key"]["list"][0]`.',
  ),
  SopsPathMissing: reject(
    404,
    'The decrypted file holds nothing at the path.',
    'Check the names and indexes on the path; comments count as list items.',
  ),
  SopsOutputUnsupported: stall(
    422,
    'The decrypted file cannot be written in the wanted format.',
    'Choose another output format, or flatten the file.',
  ),
} as const satisfies ErrorTable
