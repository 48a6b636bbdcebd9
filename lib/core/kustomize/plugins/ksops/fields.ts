import { anything, list, struct, text, textMap, texts } from '../../kustomization/decoder.ts'

const secretFrom = struct({
  metadata: struct({ name: text, namespace: text, labels: textMap, annotations: textMap }),
  type: text,
  files: texts,
  binaryFiles: texts,
  envs: texts,
})

/**
 * The configuration of a KSOPS generator. KSOPS itself ignores fields that it does not know; here a misspelt one must
 * not lose a secret.
 * @throws {SyncError} KustomizationInvalid
 */
export const decodeKsops = struct({
  apiVersion: anything,
  kind: anything,
  metadata: anything,
  files: texts,
  secretFrom: list(secretFrom),
})

/** A Secret to be built from encrypted files. */
export type SecretFrom = ReturnType<typeof secretFrom>
