import * as z from 'zod/mini'
import type { ArgoSettings, DirectorySettings } from '../../kustomize/settings/overlay-settings.ts'
import { overlayPatch, toPatch } from '../overlay-patch.ts'
import { sourceUnsupported } from '../source-errors.ts'

const text = z._default(z.string(), '')
const flag = z._default(z.boolean(), false)
const texts = z._default(z.record(z.string(), z.string()), {})

/** `source.kustomize` of an Application, as far as it bears on Secrets. */
export const kustomizeBlock = z.object({
  namePrefix: text,
  nameSuffix: text,
  namespace: text,
  commonLabels: texts,
  labelWithoutSelector: flag,
  labelIncludeTemplates: flag,
  forceCommonLabels: flag,
  commonAnnotations: texts,
  forceCommonAnnotations: flag,
  commonAnnotationsEnvsubst: flag,
  patches: z._default(z.array(overlayPatch), []),
  components: z._default(z.array(z.string()), []),
  ignoreMissingComponents: flag,
  images: z._default(z.array(z.unknown()), []),
  replicas: z._default(z.array(z.unknown()), []),
})

/** `source.directory` of an Application. */
export const directoryBlock = z.object({
  recurse: flag,
  include: text,
  exclude: text,
  disableExtensionFilter: flag,
  jsonnet: z._default(z.looseObject({}), {}),
})

interface OverlayBlocks {
  readonly kustomize?: z.infer<typeof kustomizeBlock> | undefined
  readonly directory?: z.infer<typeof directoryBlock> | undefined
}

/**
 * What an Application makes of its directory. Without a block of either kind it is what lies there that decides; a
 * block without content counts as none.
 * @param path of the source in the manifest, for errors
 * @throws {SyncError} SourceUnsupported
 */
export function parseArgoOverlay(
  { kustomize, directory }: OverlayBlocks,
  path: string,
): ArgoSettings | DirectorySettings {
  const isKustomized = kustomize !== undefined && hasContent(kustomize)
  if (isKustomized && directory !== undefined && hasContent(directory)) {
    throw sourceUnsupported(`${path}.directory`, 'is set beside kustomize')
  }
  if (isKustomized) return parseKustomize(kustomize, `${path}.kustomize`)
  const { recurse = false, include = '', exclude = '' } = directory ?? {}
  if (Object.keys(directory?.jsonnet ?? {}).length > 0) {
    throw sourceUnsupported(`${path}.directory.jsonnet`, 'is set')
  }
  if (directory?.disableExtensionFilter === true) {
    throw sourceUnsupported(`${path}.directory.disableExtensionFilter`, 'is set')
  }
  const unlessKustomized = directory === undefined || !hasContent(directory)
  return { by: 'directory', recurse, include, exclude, unlessKustomized }
}

function hasContent(block: object): boolean {
  return Object.values(block).some((value) =>
    typeof value === 'object' && value !== null
      ? Object.keys(value).length > 0
      : value !== '' && value !== false,
  )
}

function parseKustomize(block: z.infer<typeof kustomizeBlock>, path: string): ArgoSettings {
  const { namePrefix, nameSuffix, namespace, patches, images: _i, replicas: _r, ...rest } = block
  const { commonAnnotationsEnvsubst, ...settings } = rest
  assertNoVariables(block.commonLabels, `${path}.commonLabels`)
  if (commonAnnotationsEnvsubst) assertNoVariables(block.commonAnnotations, `${path}.commonAnnotations`)
  return {
    by: 'argo',
    ...settings,
    ...(namePrefix !== '' && { namePrefix }),
    ...(nameSuffix !== '' && { nameSuffix }),
    ...(namespace !== '' && { namespace }),
    patches: patches.map(toPatch),
  }
}

/** Argo CD would put in what it knows of the Application. */
function assertNoVariables(values: Readonly<Record<string, string>>, path: string): void {
  if (Object.values(values).some((value) => value.includes('$'))) {
    throw sourceUnsupported(path, 'refers to a variable of Argo CD')
  }
}
