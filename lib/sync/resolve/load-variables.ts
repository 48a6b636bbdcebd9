import { digestJson } from '../../core/config/digest.ts'
import { SyncError } from '../../core/errors.ts'
import type { Variable } from '../../core/flux/substitute.ts'
import type { VariableSource } from '../../core/kustomize/settings/overlay-settings.ts'
import type { Source } from '../../core/source/source.ts'
import type { ConfigSource } from '../../ports.ts'
import type { Subject } from './open-config.ts'

/** A subject with the variables of its Kustomization. */
export interface VariedSubject extends Subject {
  /** Not part of `source`: values are neither stored nor digested. Absent where the Kustomization names no objects. */
  readonly variables?: ReadonlyMap<string, Variable>
}

const separator = '+'

/**
 * Reads what `postBuild.substituteFrom` names, later objects before earlier ones. What a Secret holds is tainted. The
 * versions of the objects become part of the option digest, so that a changed one is noticed.
 * @throws {SyncError} SourceNotFound, SubstitutionFailed, and as `readVariables`
 */
export async function loadVariables(subject: Subject): Promise<VariedSubject> {
  const { source, configSource, optionDigest } = subject
  const wanted = listVariableSources(source)
  if (wanted.length === 0) return subject
  const found = await Promise.all(wanted.map((object) => readObject(object, configSource)))
  const versions = found.map(({ version }) => version ?? '')
  const isVersioned = versions.some((version) => version !== '')
  return {
    ...subject,
    variables: new Map(found.flatMap(({ variables }) => variables)),
    optionDigest: isVersioned ? `${optionDigest}${separator}${digestJson(versions)}` : optionDigest,
  }
}

/** The objects that the Kustomization of a source takes variables from. */
export function listVariableSources({ overlay }: Source): readonly VariableSource[] {
  return overlay?.by === 'flux' ? (overlay.postBuild?.substituteFrom ?? []) : []
}

/** An option digest without what the versions of objects have added to it. */
export function dropVersions(optionDigest: string): string {
  return optionDigest.split(separator)[0] ?? ''
}

interface ReadObject {
  readonly version?: string
  readonly variables: readonly (readonly [name: string, variable: Variable])[]
}

async function readObject(
  { kind, namespace, name, optional }: VariableSource,
  configSource: Pick<ConfigSource, 'readVariables'>,
): Promise<ReadObject> {
  const object = await configSource.readVariables({ kind, namespace, name })
  if (object === null) {
    if (optional) return { variables: [] }
    throw new SyncError('SourceNotFound', { data: { kind, namespace, name } })
  }
  const tainted = kind === 'Secret'
  const { version, values } = object
  return {
    ...(version !== undefined && { version }),
    variables: [...values].map(([key, value]) => [key, { value, tainted }] as const),
  }
}
