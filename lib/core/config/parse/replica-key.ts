/**
 * The key that a copy of a secret in another region is encrypted with: the alias of the same name, or the related key
 * of a multi-Region key. `undefined` stands for the default key, `null` says that no region but one has the key.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export function findReplicaKey(kmsKeyId: string | undefined): string | undefined | null {
  if (kmsKeyId === undefined) return undefined
  return /(?:^|:)(alias\/.+)$/.exec(kmsKeyId)?.[1] ?? /(?:^|:key\/)(mrk-.+)$/.exec(kmsKeyId)?.[1] ?? null
}
