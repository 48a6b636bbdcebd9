import { matchConfigId } from '../../lib/core/config/config-id.ts'

/**
 * The configs that the arguments of a command name, each by its id or by a shorter form that is unique; all of them
 * where there are no arguments.
 * @throws {SyncError} ConfigNotFound, ConfigIdAmbiguous
 */
export function selectConfigs<Config extends { readonly id: string }>(
  configs: readonly Config[],
  names: readonly string[],
): readonly Config[] {
  if (names.length === 0) return configs
  const ids = configs.map(({ id }) => id)
  const wanted = new Set(names.map((name) => matchConfigId(name, ids)))
  return configs.filter(({ id }) => wanted.has(id))
}
