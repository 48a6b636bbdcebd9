import type { Config } from '../core/config/config.ts'
import { SyncError } from '../core/errors.ts'
import { applyKustomization, parseKustomization } from '../core/source/kustomization.ts'
import type { Source } from '../core/source/source.ts'
import type { ConfigSource } from '../ports.ts'

/** A config and its source, as far as the overlay is concerned. */
export interface Followed {
  readonly config: Config
  readonly source: Source
}

/**
 * Takes into account what the Flux Kustomization that a config names makes of the overlay.
 * @throws {SyncError} SourceNotFound, SourceInvalid, SourceUnsupported
 */
export async function followKustomization(
  { config, source }: Followed,
  configSource: Pick<ConfigSource, 'readKustomization'>,
): Promise<Followed> {
  const { kustomization: ref } = config.secrets
  if (ref === undefined) return { config, source }
  const manifest = await configSource.readKustomization(ref)
  if (!manifest) throw new SyncError('SourceNotFound', { data: { kind: 'Kustomization', ...ref } })
  const followed = applyKustomization(parseKustomization(manifest), config, source)
  return {
    source: followed,
    config: { ...config, secrets: { ...config.secrets, kustomizePath: followed.path ?? '' } },
  }
}
