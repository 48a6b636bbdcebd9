import type { ConfigId } from '../config.ts'
import { parseConfigId } from '../config-id.ts'

/**
 * The external id with which roles of a config are assumed. It follows from the tenant, so that nobody can choose
 * that of another.
 */
export function deriveExternalId(deployment: string, id: ConfigId): string {
  const { source, namespace } = parseConfigId(id)
  return `smc:${deployment}:${source}:${namespace}`
}
