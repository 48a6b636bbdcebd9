import type { HistoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import { changesVersion } from './changes-version.ts'
import type { KnownVersions } from './known-versions.ts'

/**
 * Which version each secret of a config had when the history had come to `entryAt`: what is known now, with every
 * newer entry of `entries` (newest first) taken back.
 */
export function listVersionsAt(
  known: KnownVersions,
  { entries, entryAt }: { readonly entries: readonly HistoryEntry[]; readonly entryAt: IsoTime },
): KnownVersions {
  const versions = new Map(known)
  const newer = entries.filter(({ at }) => at > entryAt)
  for (const { name, from } of newer.flatMap(({ outcomes }) => outcomes.filter(changesVersion))) {
    if (from === undefined) versions.delete(name)
    else versions.set(name, from)
  }
  return versions
}
