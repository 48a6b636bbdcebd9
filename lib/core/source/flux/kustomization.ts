import * as z from 'zod/mini'
import type { Config } from '../../config/config.ts'
import type { Manifest } from '../../config/manifest.ts'
import { normalizeRepositoryPath } from '../../files/repository-path.ts'
import type { FluxSettings, PostBuild, VariableSource } from '../../kustomize/settings/overlay-settings.ts'
import { overlayPatch, toPatch } from '../overlay-patch.ts'
import { readSpec } from '../read-spec.ts'
import type { ObjectRef, Source } from '../source.ts'
import { sourceInvalid, sourceUnsupported } from '../source-errors.ts'

const text = z._default(z.string(), '')
const optionalText = z.optional(z.string())

const variableSource = z.object({
  kind: z.enum(['ConfigMap', 'Secret']),
  name: z.string().check(z.minLength(1), z.maxLength(253)),
  optional: z._default(z.boolean(), false),
})

const schema = z.object({
  sourceRef: z.object({ kind: z.string(), name: z.string(), namespace: text }),
  path: text,
  suspend: z._default(z.boolean(), false),
  targetNamespace: optionalText,
  namePrefix: optionalText,
  nameSuffix: optionalText,
  patches: z._default(z.array(overlayPatch), []),
  components: z._default(z.array(z.string()), []),
  ignoreMissingComponents: z._default(z.boolean(), false),
  postBuild: z.optional(
    z.object({
      substitute: z._default(z.record(z.string(), z.string()), {}),
      substituteFrom: z._default(z.array(variableSource), []),
      substituteStrategy: text,
    }),
  ),
})

type Spec = z.infer<typeof schema>

/** What a Flux Kustomization says of the overlay that it applies. */
export interface FluxKustomization {
  /** The GitRepository that the overlay is in. */
  readonly source: ObjectRef
  /** The directory of the overlay, in the form of a `Tree`. */
  readonly path: string
  readonly suspended: boolean
  readonly overlay: FluxSettings
}

/**
 * A Flux Kustomization. What only names images, labels applied objects, or says how and when they are applied does not
 * bear on Secrets.
 * @throws {SyncError} SourceInvalid, SourceUnsupported
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function parseKustomization(manifest: Manifest): FluxKustomization {
  const spec = readSpec(manifest, schema)
  const { kind, name, namespace } = spec.sourceRef
  if (kind !== 'GitRepository') throw sourceUnsupported('spec.sourceRef.kind', 'is no GitRepository')
  const path = normalizeRepositoryPath(spec.path.replace(/^\.?\/+/, '') || '.')
  if (path === null) throw sourceInvalid('spec.path', 'leaves the repository')
  return {
    source: { kind, name, namespace: namespace || manifest.metadata.namespace },
    path,
    suspended: spec.suspend,
    overlay: parseSettings(spec, manifest.metadata.namespace),
  }
}

/**
 * A source with the overlay of the Kustomization that its config names: both have to be about the same directory of the
 * same GitRepository.
 * @throws {SyncError} SourceUnsupported
 */
export function applyKustomization(
  { source: followed, path, suspended, overlay }: FluxKustomization,
  { sourceRef, secrets }: Pick<Config, 'sourceRef' | 'secrets'>,
  source: Source,
): Source {
  const isSame = (['kind', 'namespace', 'name'] as const).every((part) => followed[part] === sourceRef[part])
  if (!isSame) throw sourceUnsupported('spec.sourceRef', 'is not the source of the config')
  if (secrets.kustomizePath !== undefined && secrets.kustomizePath !== path) {
    throw sourceUnsupported('spec.path', 'is not the directory of the config')
  }
  return { ...source, path, overlay, suspended: source.suspended || suspended }
}

function parseSettings(spec: Spec, namespace: string): FluxSettings {
  const { targetNamespace, namePrefix, nameSuffix, components, ignoreMissingComponents } = spec
  const postBuild = parsePostBuild(spec, namespace)
  return {
    by: 'flux',
    ...(targetNamespace !== undefined && { targetNamespace }),
    ...(namePrefix !== undefined && { namePrefix }),
    ...(nameSuffix !== undefined && { nameSuffix }),
    // Flux knows neither files nor options of patches.
    patches: spec.patches.map(({ patch, target }) => toPatch({ patch, target })),
    components,
    ignoreMissingComponents,
    ...(postBuild !== undefined && { postBuild }),
  }
}

/** Variables come from objects beside the Kustomization, and from no other namespace. */
function parsePostBuild({ postBuild }: Spec, namespace: string): PostBuild | undefined {
  if (postBuild === undefined) return undefined
  const { substitute, substituteFrom, substituteStrategy } = postBuild
  const sources = substituteFrom.map((source): VariableSource => ({ ...source, namespace }))
  return {
    substitute,
    ...(sources.length > 0 && { substituteFrom: sources }),
    always: substituteStrategy === 'Always',
    strict: false,
  }
}
