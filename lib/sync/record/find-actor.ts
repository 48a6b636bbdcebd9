import type { Actor } from '../../core/audit/actor.ts'
import type { Revision } from '../../core/source/source.ts'
import type { SyncDependencies } from '../dependencies.ts'

/**
 * Who is behind a request: the caller of the API, or whom a push names that brought this very commit. Nobody where
 * the schedule looked, or where the push was of another commit than the one that was published.
 */
export async function findActor(
  { state }: Pick<SyncDependencies, 'state'>,
  { requestId, revision }: { readonly requestId: string; readonly revision: Revision | null },
): Promise<Actor | undefined> {
  const request = await state.readRequest(requestId)
  if (request) return request.actor
  const delivery = await state.readDelivery(requestId)
  return revision && delivery?.commits?.includes(revision.commit) ? delivery.actor : undefined
}
