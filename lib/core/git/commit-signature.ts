/** A commit, and the signature that its header carries. */
export interface SignedCommit {
  /** What was signed: the commit without its signatures. */
  readonly payload: Uint8Array
  readonly signature: string
}

/**
 * Parts a commit object from its signature; `null` where it has none, or more than one.
 * @see https://git-scm.com/docs/gitformat-signature
 */
export function splitSignature(commit: Uint8Array): SignedCommit | null {
  // One character a byte, so that every byte is kept.
  const text = Buffer.from(commit).toString('latin1')
  const end = text.indexOf('\n\n')
  const headers = (end < 0 ? text : text.slice(0, end)).split(/\n(?! )/)
  const found = headers.filter((header) => header.startsWith('gpgsig '))
  const [first] = found
  if (first === undefined || found.length > 1) return null
  const signed = headers.filter((header) => !/^gpgsig(-sha256)? /.test(header)).join('\n')
  return {
    payload: Buffer.from(signed + (end < 0 ? '' : text.slice(end)), 'latin1'),
    signature: first.slice('gpgsig '.length).replaceAll('\n ', '\n'),
  }
}
