type Context = Readonly<Record<string, string>>

/**
 * The encryption contexts that an AWS KMS entry may be encrypted under besides its own: releases before 3.3.0 gave all
 * names of a context the value of one of them, which of them is not known.
 * @param version the release that wrote the file
 * @see https://github.com/getsops/sops/blob/main/cmd/sops/common/common.go (FixAWSKMSEncryptionContextBug)
 */
export function listEarlyContexts(context: Context, version: string): readonly Context[] {
  if (!isBefore330(version)) return []
  const names = Object.keys(context)
  const values = [...new Set(Object.values(context))]
  return values.length < 2
    ? []
    : values.map((value) => Object.fromEntries(names.map((name) => [name, value])))
}

/** Releases 1.x, in Python, did not have the fault. */
function isBefore330(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version)?.map(Number) ?? []
  if (major === undefined || minor === undefined) return false
  return major === 2 || (major === 3 && minor < 3)
}
