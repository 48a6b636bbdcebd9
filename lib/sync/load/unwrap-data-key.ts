import { SyncError } from '../../core/errors.ts'
import type { KeyEntry, KeyGroup, KeyKind } from '../../core/sops/keys/key-entry.ts'
import {
  chooseReportCode,
  type GroupReport,
  type KeyFailure,
  type KeyReport,
  summarizeFailures,
} from '../../core/sops/keys/key-report.ts'
import { combineShares } from '../../core/sops/keys/shamir.ts'
import type { KeyService } from '../../ports.ts'
import { createLimiter } from '../limit-concurrency.ts'
import type { OpenThroughCache } from './data-key-cache.ts'
import { type Opened, openEntry, partSizeOf } from './open-entry.ts'

/** Recovers the 32-byte data key of a file from its key groups. */
export type DataKeyUnwrapper = (groups: readonly KeyGroup[], shamirThreshold: number) => Promise<Uint8Array>

export interface UnwrapOptions {
  readonly services: readonly KeyService[]
  /** Kinds to try first, in this order; the others follow as the file lists them. As in sops: age, then pgp. */
  readonly order?: readonly KeyKind[]
  /** Remembers what was opened; by default nothing is. Grants are checked before it is asked. */
  readonly cache?: OpenThroughCache
  /** Calls to key services under way at a time, over all files. */
  readonly limit?: number
  /** Told every failing key before the error is thrown. */
  readonly onFailure?: (report: KeyReport) => void
}

/**
 * A closure over the key services of one config. One group gives the data key itself; several give Shamir parts. All
 * groups are tried, the keys of a group one after another until one opens.
 * @throws {SyncError} (from the closure) one of `dataKeyErrorCodes`, naming every key that failed
 */
export function createDataKeyUnwrapper(options: UnwrapOptions): DataKeyUnwrapper {
  const { services, order = ['age', 'pgp'], cache = (_, call) => call(), onFailure = () => {} } = options
  const limited = createLimiter(options.limit ?? 8)
  const open = (entry: KeyEntry, sizeBytes: number) => {
    const call = (service: KeyService) => cache(entry, () => limited(() => service.unwrap(entry)))
    return openEntry(services, entry, { sizeBytes, call })
  }

  return async (groups, shamirThreshold) => {
    const isSplit = groups.length > 1
    const sizeBytes = partSizeOf(groups)
    const results = await Promise.all(
      groups.map((group) => openGroup(sortKeys(group, order), (entry) => open(entry, sizeBytes))),
    )
    const parts = results.flatMap(({ part }) => (part ? [part] : []))
    const [first] = parts
    const needed = groupsNeeded(groups, shamirThreshold)
    if (first === undefined || parts.length < needed) {
      const report = { groups: results.map(({ report }) => report), needed }
      onFailure(report)
      throw createReportError(report)
    }
    return isSplit ? combineParts(parts) : first
  }
}

/** How many groups of a file have to open, by one key each. */
export function groupsNeeded(groups: readonly KeyGroup[], shamirThreshold: number): number {
  return groups.length > 1 ? Math.max(shamirThreshold, 2) : 1
}

function sortKeys(group: KeyGroup, order: readonly KeyKind[]): KeyGroup {
  const rank = ({ kind }: KeyEntry) => (order.includes(kind) ? order.indexOf(kind) : order.length)
  return group.toSorted((left, right) => rank(left) - rank(right))
}

async function openGroup(
  group: KeyGroup,
  open: (entry: KeyEntry) => Promise<Opened>,
): Promise<{ part?: Uint8Array; report: GroupReport }> {
  const failures: KeyFailure[] = []
  for (const entry of group) {
    const opened = await open(entry)
    if ('part' in opened) return { part: opened.part, report: { recovered: true, failures } }
    failures.push(opened.failure)
  }
  return { report: { recovered: false, failures } }
}

/** Parts that do not fit together are no data key, which is all that a reader of the file needs to know. */
function combineParts(parts: readonly Uint8Array[]): Uint8Array {
  try {
    return combineShares(parts)
  } catch (cause) {
    throw new SyncError('SopsNoMatchingKey', {
      data: { reason: 'the Shamir parts do not fit together' },
      cause,
    })
  }
}

function createReportError(report: KeyReport): SyncError {
  return new SyncError(chooseReportCode(report), {
    data: {
      keys: summarizeFailures(report),
      groupsRecovered: report.groups.filter(({ recovered }) => recovered).length,
      groupsNeeded: report.needed,
    },
  })
}
