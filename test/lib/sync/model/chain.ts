import { changesVersion } from '../../../../lib/core/audit/changes-version.ts'
import { listKnownVersions } from '../../../../lib/core/audit/known-versions.ts'
import type { ConfigName } from './content.ts'
import type { World } from './world.ts'

/**
 * The history of a config has each change once, and none is missing: each entry begins where the one before has ended,
 * and the last ends with what the inventory says.
 */
export async function judgeChain({ harness }: World, config: ConfigName): Promise<string[]> {
  const { state } = harness
  const id = `m/shop/${config}`
  const [head, entries] = await Promise.all([state.readHead(id), state.listHistory(id, 1_000)])
  const found: string[] = []
  const told = new Map<string, string>()
  const outcomes = entries.toReversed().flatMap((entry) => entry.outcomes.filter(changesVersion))
  for (const { action, name, from, versionId } of outcomes) {
    if (told.get(name) !== from) found.push(`the history of ${name} has a gap before ${action}`)
    if (versionId === undefined) told.delete(name)
    else told.set(name, versionId)
  }
  const known = listKnownVersions(await state.readInventory(id, head?.generation ?? 0), [])
  const names = new Set([...told.keys(), ...known.keys()])
  const apart = [...names].filter((name) => told.get(name) !== known.get(name))
  return [...found, ...apart.map((name) => `history and inventory of ${config} differ about ${name}`)]
}
