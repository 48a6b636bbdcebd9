import type { Config } from '../../core/config/config.ts'
import type { Manifest } from '../../core/config/manifest.ts'
import { SyncError } from '../../core/errors.ts'
import { applyKustomization, parseKustomization } from '../../core/source/flux/kustomization.ts'
import { assertKustomizationReady, readAppliedRevision } from '../../core/source/flux/kustomization-status.ts'
import type { Source } from '../../core/source/source.ts'
import { sourceUnsupported } from '../../core/source/source-errors.ts'
import type { ConfigSource } from '../../ports.ts'

/** A config and its source, as far as the overlay is concerned. */
export interface Followed {
  readonly config: Config
  readonly source: Source
}

/**
 * Takes into account what the Flux Kustomization that a config names makes of the overlay, and in a cluster what Flux
 * says of it.
 * @throws {SyncError} SourceNotFound, SourceInvalid, SourceUnsupported, SourceNotReady
 */
export async function followKustomization(
  { config, source }: Followed,
  configSource: Pick<ConfigSource, 'readKustomization' | 'cluster'>,
): Promise<Followed> {
  const { kustomization: ref } = config.secrets
  if (ref === undefined) return { config, source }
  const manifest = await configSource.readKustomization(ref)
  if (!manifest) throw new SyncError('SourceNotFound', { data: { kind: 'Kustomization', ...ref } })
  const followed = applyKustomization(parseKustomization(manifest), config, source)
  return {
    source: { ...followed, ...(!followed.suspended && readState(manifest, config, configSource)) },
    config: { ...config, secrets: { ...config.secrets, kustomizePath: followed.path ?? '' } },
  }
}

/** What is deployed is taken as it is; anything newer has to be what Flux applies, too. */
function readState(
  manifest: Manifest,
  { choice }: Config,
  { cluster }: Pick<ConfigSource, 'cluster'>,
): Pick<Source, 'pinned'> {
  if (choice?.revision === 'deployed') {
    if (!cluster) throw sourceUnsupported('status', 'says what is deployed in a cluster alone')
    return { pinned: readAppliedRevision(manifest) }
  }
  if (cluster) assertKustomizationReady(manifest)
  return {}
}
