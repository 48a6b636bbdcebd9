import type { KmsEntry } from './target.ts'

const regionField = 3

/**
 * The ways to one key, best first: as the file says; without its role, which may be the caller itself or closed to it;
 * for a multi-region key, through its replicas in `replicaRegions`; and with the contexts of early releases.
 */
export function listRoutes(entry: KmsEntry, replicaRegions: readonly string[]): readonly KmsEntry[] {
  const { role, ...plain } = entry
  const early = (entry.earlyContexts ?? []).map((context) => ({ ...entry, context }))
  const arn = entry.arn.split(':')
  const isMultiRegion = arn.at(-1)?.startsWith('key/mrk-') ?? false
  const others = isMultiRegion ? replicaRegions.filter((region) => region !== arn[regionField]) : []
  const replicas = others.map((region) => ({ ...entry, arn: arn.with(regionField, region).join(':') }))
  return [entry, ...(role ? [plain] : []), ...replicas, ...early]
}
