import { createHash } from 'node:crypto'
import { SyncError } from '../../errors.ts'

/** SHA-256 of the age identity of the quickstart, which is public and opens nothing that is worth anything. */
const quickstartIdentity = '8606a740cd6f8c6059ce66e6023a6b1fb40b8b3dae8a431328d11439d20db0c8'

/**
 * Refuses the identity of the quickstart: where it opens a file of a real deployment, everybody can.
 * @throws {SyncError} SopsKeyInvalid
 */
export function assertNoQuickstartIdentity({
  source,
  text,
}: {
  readonly source: string
  readonly text: string
}): void {
  const isPublic = text
    .split(/\s+/)
    .some((word) => createHash('sha256').update(word).digest('hex') === quickstartIdentity)
  if (isPublic)
    throw new SyncError('SopsKeyInvalid', { data: { source, reason: 'the public key of the quickstart' } })
}
