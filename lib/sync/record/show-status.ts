import { toSyncError } from '../../core/errors.ts'
import type { ConfigHead } from '../../core/state/records.ts'
import { describeResource, reconcileAnnotation, showsStatus } from '../../core/status/resource-status.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { OpenedManifest } from '../resolve/open-config.ts'

/**
 * Shows on the resource of a config what the head says, unless it does already. A status that cannot be written is
 * logged and holds nothing up: a later pass finds the difference.
 */
export async function showStatus(
  { telemetry }: Pick<SyncDependencies, 'telemetry'>,
  { configSource, manifest }: OpenedManifest,
  head: ConfigHead,
): Promise<void> {
  if (!manifest) return
  const status = describeResource(head)
  if (showsStatus(manifest.status, status)) return
  try {
    await configSource.writeStatus(manifest.metadata, status)
  } catch (thrown) {
    telemetry.log('warn', 'status not written', { configId: head.id, code: toSyncError(thrown).code })
  }
}

/** Whether the resource asks for a look that no look has obeyed yet. */
export function isTriggered(
  { manifest }: Pick<OpenedManifest, 'manifest'>,
  head: ConfigHead | null,
): boolean {
  const asked = manifest?.metadata.annotations?.[reconcileAnnotation]
  return asked !== undefined && asked !== head?.handledReconcileAt
}

/** What the head is to say of the resource's annotation. */
export function describeTrigger(opened: OpenedManifest | undefined): Pick<ConfigHead, 'handledReconcileAt'> {
  const asked = opened?.manifest?.metadata.annotations?.[reconcileAnnotation]
  return asked === undefined ? {} : { handledReconcileAt: asked }
}
