/**
 * Whether two ways to name a KMS key mean the same one; `undefined` where that cannot be told: one names an alias, and
 * the other a key.
 */
export function isSameKey(one: string, other: string): boolean | undefined {
  const [first, second] = [shorten(one), shorten(other)]
  if (first.startsWith('alias/') !== second.startsWith('alias/')) return undefined
  return first === second
}

/** `alias/<name>`, or the id of a key: ARNs end in either. */
function shorten(kmsKeyId: string): string {
  return kmsKeyId.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:(?:key\/)?/, '')
}
