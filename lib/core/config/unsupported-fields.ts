import { SyncError } from '../errors.ts'
import type { Spec } from './config-schema.ts'
import { ignoredFields } from './digest-spec.ts'

/** Fields whose behaviour is not built yet, and whether a config asks for it. */
const unsupported: readonly (readonly [path: string, isSet: (spec: Spec) => boolean])[] = [
  ['publish', ({ publish }) => publish !== 'direct'],
]

/**
 * Refuses a config that asks for what this release does not do.
 * @throws {SyncError} ConfigFieldUnsupported
 */
export function assertFieldsSupported(spec: Spec): void {
  const found = unsupported.find(([, isSet]) => isSet(spec))
  if (found) throw new SyncError('ConfigFieldUnsupported', { data: { path: `spec.${found[0]}` } })
}

/** Paths of the fields that are accepted for compatibility and have no effect. */
export function listIgnoredFields(spec: Spec): string[] {
  const fields: string[] = ignoredFields
    .filter((field) => spec[field] !== undefined)
    .map((field) => `spec.${field}`)
  const { type } = spec.provider
  return type === undefined || type === 'aws' ? fields : ['spec.provider.type', ...fields]
}
