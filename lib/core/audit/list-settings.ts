import type { ConfigId } from '../config/config.ts'
import type { SecretName } from '../secrets/desired.ts'
import type { HistoryEntry, HistoryOutcome } from '../state/records.ts'
import { changesVersion } from './changes-version.ts'

/** One change of a secret, and all that is known of how it came about. */
export interface Setting
  extends Pick<HistoryEntry, 'at' | 'requestId' | 'trigger' | 'actor' | 'revision'>,
    Pick<HistoryOutcome, 'action' | 'name' | 'versionId' | 'from' | 'origin'> {
  readonly configId: ConfigId
}

/** A secret, or one of its versions by the beginning of its id. */
export interface SettingQuery {
  readonly name: SecretName
  readonly version?: string
}

/**
 * What set a secret to the versions that it has had, in the order of `entries`. A version that was merely moved back
 * to takes its origin from the entry that knows it.
 */
export function listSettings(
  entries: readonly HistoryEntry[],
  { name, version = '' }: SettingQuery,
): readonly Setting[] {
  const settings = entries.flatMap((entry) =>
    entry.outcomes
      .filter((outcome) => outcome.name === name && changesVersion(outcome))
      .map((outcome) => createSetting(entry, outcome)),
  )
  const origins = new Map(settings.flatMap(({ versionId, origin }) => (origin ? [[versionId, origin]] : [])))
  return settings
    .filter(({ versionId = '' }) => versionId.startsWith(version))
    .map((setting) => {
      const origin = origins.get(setting.versionId)
      return origin ? { origin, ...setting } : setting
    })
}

function createSetting(
  { id, at, requestId, trigger, actor, revision }: HistoryEntry,
  { action, name, versionId, from, origin }: HistoryOutcome,
): Setting {
  return {
    ...{ configId: id, at, requestId, trigger, revision, action, name },
    ...(actor && { actor }),
    ...(versionId !== undefined && { versionId }),
    ...(from !== undefined && { from }),
    ...(origin && { origin }),
  }
}
