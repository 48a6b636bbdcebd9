import type { Manifest, ManifestListing, ManifestProblem } from '../../../core/config/manifest.ts'
import { SyncError } from '../../../core/errors.ts'
import { readVariableFields, type VariableRef } from '../../../core/flux/variable-object.ts'
import type { ObjectRef } from '../../../core/source/source.ts'
import type { ConfigSource } from '../../../ports.ts'

/** What one file holds; `file` is its path. */
export type FileListing = ManifestListing & { readonly file: string }

type ObjectKind =
  | 'SecretManagerConfig'
  | 'Kustomization'
  | 'AppProject'
  | ObjectRef['kind']
  | VariableRef['kind']

/**
 * Configs and sources from files of manifests, as `readFiles` gives them at the time of each call.
 * @throws {SyncError} (from its functions) ManifestUnreadable where what is asked for may stand in a file that cannot be
 *   read, or stands in two places
 */
export function createFileSource(
  name: string,
  readFiles: () => Promise<readonly FileListing[]>,
): ConfigSource {
  const find = async (wanted: { kind: ObjectKind; namespace: string; name: string }) => {
    const { manifests, problems } = selectKind(await readFiles(), wanted.kind)
    const found = manifests.find(({ metadata }) => isNamed(metadata, wanted))
    if (found) return found
    if (problems.length === 0) return null
    // It may stand in what cannot be read, so it does not count as gone.
    throw new SyncError('ManifestUnreadable', { data: { files: problems.map(({ file }) => file) } })
  }
  return {
    name,
    cluster: null,
    listConfigs: async () => selectKind(await readFiles(), 'SecretManagerConfig'),
    readConfig: async (namespace, configName) =>
      await find({ kind: 'SecretManagerConfig', namespace, name: configName }),
    readSource: async (ref) => await find(ref),
    listSources: async (kind) => selectKind(await readFiles(), kind).manifests,
    readKustomization: async (ref) => await find({ ...ref, kind: 'Kustomization' }),
    readVariables: async (ref) => {
      const found = await find(ref)
      return found && { values: readVariableFields(ref.kind, found) }
    },
    readProject: async (projectName) => {
      const { manifests } = selectKind(await readFiles(), 'AppProject')
      return manifests.find(({ metadata }) => metadata.name === projectName) ?? null
    },
    writeStatus: async () => {},
  }
}

/** The objects of one kind. Where several have the same name, none is taken: it is not for us to choose. */
function selectKind(files: readonly FileListing[], kind: ObjectKind): ManifestListing {
  const found = files.flatMap(({ file, manifests }) =>
    manifests.filter((manifest) => manifest.kind === kind).map((manifest) => ({ file, manifest })),
  )
  const byName = Map.groupBy(found, ({ manifest: { metadata } }) => `${metadata.namespace}/${metadata.name}`)
  const duplicates = [...byName].flatMap(([name, entries]): ManifestProblem[] =>
    entries.length === 1
      ? []
      : entries.map(({ file }) => ({ file, message: `${kind} ${name} is defined more than once` })),
  )
  const unique = [...byName.values()].filter(({ length }) => length === 1).flat()
  return {
    manifests: unique.map(({ manifest }) => manifest),
    problems: [
      ...files.flatMap(({ problems }) => problems.filter((problem) => concerns(problem, kind))),
      ...duplicates,
    ],
  }
}

/** A broken ConfigMap stands in the way of ConfigMaps alone. */
function concerns(problem: ManifestProblem, kind: ObjectKind): boolean {
  return problem.kind === undefined || problem.kind === kind
}

function isNamed(
  metadata: Manifest['metadata'],
  wanted: { readonly namespace: string; readonly name: string },
): boolean {
  return metadata.namespace === wanted.namespace && metadata.name === wanted.name
}
