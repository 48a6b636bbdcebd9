import type { ConfigId } from '../../lib/core/config/config.ts'
import type { Controller } from './controller.ts'

/**
 * The ids that the arguments of a command name, each by itself or by a shorter form that is unique; all of them where
 * there are no arguments. In order, each once.
 * @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous
 */
export async function selectConfigs(
  controller: Pick<Controller, 'listConfigs' | 'findConfig'>,
  names: readonly string[],
): Promise<readonly ConfigId[]> {
  if (names.length === 0) return (await controller.listConfigs()).map(({ id }) => id)
  const ids = await Promise.all(names.map((name) => controller.findConfig(name)))
  return [...new Set(ids)].sort()
}
