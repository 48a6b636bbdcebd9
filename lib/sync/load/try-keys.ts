import type { KeyEntry, KeyGroup } from '../../core/sops/keys/key-entry.ts'
import type { KeyFailure } from '../../core/sops/keys/key-report.ts'
import type { KeyService } from '../../ports.ts'
import { openEntry, partSizeOf } from './open-entry.ts'

/** What became of one key entry of a file; without a failure it opened. */
export interface TriedKey {
  readonly entry: KeyEntry
  readonly group: number
  readonly failure?: KeyFailure
}

/** Tries every key entry of a file, also those that another one makes needless. */
export async function tryKeys(
  services: readonly KeyService[],
  groups: readonly KeyGroup[],
): Promise<readonly TriedKey[]> {
  const sizeBytes = partSizeOf(groups)
  const entries = groups.flatMap((group, index) => group.map((entry) => ({ entry, group: index })))
  return await Promise.all(
    entries.map(async ({ entry, group }) => {
      const opened = await openEntry(services, entry, { sizeBytes, call: (service) => service.unwrap(entry) })
      return { entry, group, ...('failure' in opened && { failure: opened.failure }) }
    }),
  )
}

/** How many key groups have a key that opened. */
export function countOpened(tried: readonly TriedKey[]): number {
  return new Set(tried.filter(({ failure }) => !failure).map(({ group }) => group)).size
}
