import { SyncError, toSyncError } from '../../core/errors.ts'
import type { KeyEntry, KeyGroup } from '../../core/sops/keys/key-entry.ts'
import type { KeyFailure } from '../../core/sops/keys/key-report.ts'
import type { KeyService } from '../../ports.ts'

/** What a key entry has given: the data key, or one Shamir part of it. */
export type Opened = { readonly part: Uint8Array } | { readonly failure: KeyFailure }

const dataKeySizeBytes = 32

/** How many bytes each key entry of a file holds: a data key, or a Shamir part with its number. */
export function partSizeOf(groups: readonly KeyGroup[]): number {
  return groups.length > 1 ? dataKeySizeBytes + 1 : dataKeySizeBytes
}

/**
 * Opens one key entry with the first key service that can.
 * @param sizeBytes of what it is to give, see `partSizeOf`
 */
export async function openEntry(
  services: readonly KeyService[],
  entry: KeyEntry,
  { sizeBytes, call }: { sizeBytes: number; call: (service: KeyService) => Promise<Uint8Array | null> },
): Promise<Opened> {
  const own = services.filter(({ kind }) => kind === entry.kind)
  let failure: KeyFailure | undefined
  for (const service of own) {
    try {
      if (!service.isGranted(entry)) throw new SyncError('SopsKeyNotGranted')
      const part = await call(service)
      if (part !== null) return { part: checkSize(part, sizeBytes) }
    } catch (thrown) {
      failure = fail(entry, toSyncError(thrown))
    }
  }
  if (failure) return { failure }
  const reason = own.length === 0 ? `no ${entry.kind} key was given` : `none of the ${entry.kind} keys fits`
  return { failure: fail(entry, new SyncError('SopsNoMatchingKey', { data: { reason } })) }
}

function fail(entry: KeyEntry, { code, message }: SyncError): KeyFailure {
  return { entry, code, reason: message }
}

/** GnuPG can end well with nothing written, and a whole data key where a part is due is a file put together by hand. */
function checkSize(part: Uint8Array, sizeBytes: number): Uint8Array {
  if (part.length === sizeBytes) return part
  throw new SyncError('SopsMetadataInvalid', { data: { sizeBytes: part.length, expectedBytes: sizeBytes } })
}
