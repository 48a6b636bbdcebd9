import type { Variable } from '../../flux/substitute.ts'
import type { VariableRef } from '../../flux/variable-object.ts'
import type { Patch } from '../kustomization/fields.ts'

/** What a Flux Kustomization or an Argo CD Application changes of the overlay that it names, before it is built. */
export type OverlaySettings = FluxSettings | ArgoSettings | DirectorySettings

type Texts = Readonly<Record<string, string>>

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export interface FluxSettings {
  readonly by: 'flux'
  readonly targetNamespace?: string
  readonly namePrefix?: string
  readonly nameSuffix?: string
  /** Inline ones only. */
  readonly patches: readonly Patch[]
  readonly components: readonly string[]
  readonly ignoreMissingComponents: boolean
  readonly postBuild?: PostBuild
}

/** What `${…}` in the built objects stands for. */
export interface PostBuild {
  readonly substitute: Texts
  /** Objects whose entries count where `substitute` does not have them, the last one first; absent without any. */
  readonly substituteFrom?: readonly VariableSource[]
  /** What these objects hold: there for a build alone, and never part of a source, which is digested. */
  readonly loaded?: ReadonlyMap<string, Variable>
  /** Whether expressions are evaluated even where no variable is defined. */
  readonly always: boolean
  /** Whether a variable that is not defined is an error; kustomize-controller asks for it by a feature gate. */
  readonly strict: boolean
}

/** One entry of `postBuild.substituteFrom`, in the namespace of the Kustomization. */
export interface VariableSource extends VariableRef {
  /** Whether the object may be absent. */
  readonly optional: boolean
}

interface Overridable {
  /** Names of the files in the directory that may change these settings. */
  readonly overrideFiles?: readonly string[]
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/ */
export interface ArgoSettings extends Overridable {
  readonly by: 'argo'
  readonly namePrefix?: string
  readonly nameSuffix?: string
  readonly namespace?: string
  readonly commonLabels: Texts
  readonly labelWithoutSelector: boolean
  readonly labelIncludeTemplates: boolean
  readonly forceCommonLabels: boolean
  readonly commonAnnotations: Texts
  readonly forceCommonAnnotations: boolean
  readonly patches: readonly Patch[]
  readonly components: readonly string[]
  readonly ignoreMissingComponents: boolean
}

/**
 * A directory of manifests without a kustomization.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/directory/
 */
export interface DirectorySettings extends Overridable {
  readonly by: 'directory'
  readonly recurse: boolean
  /** Globs of paths relative to the directory; empty where all or none. */
  readonly include: string
  readonly exclude: string
  /** Whether a kustomization in the directory goes before. */
  readonly unlessKustomized: boolean
}
