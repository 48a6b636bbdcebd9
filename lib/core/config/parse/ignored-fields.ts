import { ignoredFields } from '../digest-spec.ts'
import type { Spec } from './config-schema.ts'

/** Paths of the fields that are accepted for compatibility and have no effect. */
export function listIgnoredFields(spec: Spec): string[] {
  const fields: string[] = ignoredFields
    .filter((field) => spec[field] !== undefined)
    .map((field) => `spec.${field}`)
  const { type } = spec.provider
  return type === undefined || type === 'aws' ? fields : ['spec.provider.type', ...fields]
}
