import { SyncError } from '../../errors.ts'
import type { Budget } from '../budget.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import type { YamlSource } from '../yaml/source.ts'
import { createFieldError, struct } from './decoder.ts'
import { type GeneratorArguments, type KustomizationFields, kustomizationFields } from './fields.ts'

/** A kustomization file with its deprecated fields moved to where kustomize moves them. */
export interface Kustomization extends KustomizationFields {
  readonly file: string
  readonly encrypted: boolean
  readonly kind: 'Kustomization' | 'Component'
}

const apiVersions = {
  Kustomization: 'kustomize.config.k8s.io/v1beta1',
  Component: 'kustomize.config.k8s.io/v1alpha1',
} as const

const decodeFields = struct(kustomizationFields)

/**
 * Reads a kustomization file: YAML 1.1, strict about fields and types.
 * @throws {SyncError} KustomizationInvalid
 */
export function parseKustomization(input: {
  file: string
  bytes: Uint8Array
  encrypted: boolean
  budget?: Budget
}): Kustomization {
  const { file, bytes, encrypted, budget } = input
  const source: YamlSource = {
    file,
    code: 'KustomizationInvalid',
    dialect: 'v2',
    encrypted,
    ...(budget && { budget }),
  }
  const root = composeDocument(decodeBytes(bytes, source), source)
  const value = root === null ? null : decodeLegacy(root, source)
  const fields = moveDeprecated(value === null ? {} : decodeFields(value, { file, path: '' }))
  if (Object.entries(fields).every(([name, field]) => isUnset(name, field))) {
    throw new SyncError('KustomizationInvalid', { data: { file, reason: 'kustomization is empty' } })
  }
  return { ...fields, file, encrypted, kind: checkKind(fields, file) }
}

function isUnset(name: string, field: unknown): boolean {
  return name === 'apiVersion' || name === 'kind' || field === ''
}

function checkKind(fields: KustomizationFields, file: string): Kustomization['kind'] {
  const { kind = '', apiVersion = '' } = fields
  if (kind !== '' && kind !== 'Kustomization' && kind !== 'Component') {
    throw createFieldError({ file, path: 'kind' }, 'kind of another object')
  }
  const checked = kind === '' ? 'Kustomization' : kind
  if (apiVersion !== '' && apiVersion !== apiVersions[checked]) {
    throw createFieldError({ file, path: 'apiVersion' }, 'version of another object')
  }
  return checked
}

/** @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/types/kustomization.go (FixKustomization) */
function moveDeprecated(fields: KustomizationFields): KustomizationFields {
  const { bases = [], imageTags = [], helmChartInflationGenerator = [], ...kept } = fields
  return {
    ...kept,
    ...(bases.length > 0 && { resources: [...(kept.resources ?? []), ...bases] }),
    ...(imageTags.length > 0 && { images: [...(kept.images ?? []), ...imageTags] }),
    ...(helmChartInflationGenerator.length > 0 && { helmCharts: helmChartInflationGenerator }),
    ...(kept.secretGenerator && { secretGenerator: kept.secretGenerator.map(moveEnv) }),
    ...(kept.configMapGenerator && { configMapGenerator: kept.configMapGenerator.map(moveEnv) }),
  }
}

function moveEnv({ env, ...rest }: GeneratorArguments): GeneratorArguments {
  return env === undefined || env === '' ? rest : { ...rest, envs: [...(rest.envs ?? []), env] }
}
