import { dropNulls } from '../schema/drop-nulls.ts'
import { digestJson } from './digest.ts'
import type { Manifest } from './manifest.ts'

/** Fields that are accepted for compatibility and have no effect. */
export const ignoredFields = ['otel', 'notifications', 'logging', 'hotReload'] as const

/**
 * SHA-256, hex, of what a spec says, legal or not: tells a changed spec. Fields without effect do not count, which
 * also keeps the hash of `otel.apiKey` out of the state.
 */
export function digestSpec({ spec }: Pick<Manifest, 'spec'>): string {
  const written = dropNulls(spec)
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return digestJson(written)
  const counted = Object.entries(written).filter(
    ([field]) => !ignoredFields.some((ignored) => ignored === field),
  )
  return digestJson(Object.fromEntries(counted))
}
