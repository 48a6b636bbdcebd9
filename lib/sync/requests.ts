import type { Actor } from '../core/audit/actor.ts'
import { choosePin, searchedEntries } from '../core/audit/choose-pin.ts'
import { addAdoption } from '../core/audit/intent.ts'
import type { RollbackOrder } from '../core/audit/parse-order.ts'
import type { Adoption, ConfigId } from '../core/config/config.ts'
import type { RequestRecord } from '../core/state/records.ts'
import { formatTime, parseTime } from '../core/time.ts'
import { changeIntent } from './requests/change-intent.ts'
import { createRequest, queueRequest, type RequestDependencies } from './requests/queue-request.ts'

/** Requests that say nothing but what they are. */
export type PlainRequest = 'sync' | 'plan' | 'suspend' | 'resume'

/**
 * What operators and CI ask for. Each resolves to the record where the answer will be; all throw QueueUnavailable and
 * StateUnavailable, those that change an intent also StateConflict.
 */
export interface Requests {
  /** A look. */
  sync(configId: ConfigId, actor: Actor): Promise<RequestRecord>
  /** A look that stops after the plan. */
  plan(configId: ConfigId, actor: Actor): Promise<RequestRecord>
  /** Nothing more is done for the config; a run that writes already ends as planned, also one that died. */
  suspend(configId: ConfigId, actor: Actor): Promise<RequestRecord>
  /**
   * Moves the labels back to what the history has recorded for a revision, and keeps the config there.
   * @throws {SyncError} RevisionNotInHistory
   */
  rollback(configId: ConfigId, actor: Actor, order: RollbackOrder): Promise<RequestRecord>
  /** Lets deletions through that a brake holds: those of one plan, by its digest, for a day. */
  approve(configId: ConfigId, actor: Actor, digest: string): Promise<RequestRecord>
  /** Takes over a foreign secret or parameter, by the rules of `spec.adopt`, if that can be done within a day. */
  adopt(configId: ConfigId, actor: Actor, adoption: Adoption): Promise<RequestRecord>
  /** Lifts a suspension, a pin, an approval and adoptions that were ordered, and looks. */
  resume(configId: ConfigId, actor: Actor): Promise<RequestRecord>
}

/** How long an approval holds, and an order to adopt. */
const approvalMs = 24 * 60 * 60_000

export function createRequests(dependencies: RequestDependencies): Requests {
  const ask = async (
    configId: ConfigId,
    asked: Pick<RequestRecord, 'kind' | 'pin'> & { readonly actor: Actor },
  ) => await queueRequest(dependencies, createRequest(dependencies, configId, asked))
  return {
    sync: async (configId, actor) => await ask(configId, { kind: 'sync', actor }),
    plan: async (configId, actor) => await ask(configId, { kind: 'plan', actor }),
    suspend: async (configId, actor) => {
      const request = createRequest(dependencies, configId, { kind: 'suspend', actor })
      await changeIntent(dependencies, request, (before) => ({ ...before, suspended: true }))
      return await queueRequest(dependencies, request)
    },
    rollback: async (configId, actor, { dryRun, ...order }) => {
      const { state } = dependencies
      const [entries, intent] = await Promise.all([
        state.listHistory(configId, searchedEntries),
        state.readIntent(configId),
      ])
      const pin = choosePin(entries, { ...order, ...(intent?.pin && { pinned: intent.pin }) })
      if (dryRun) return await ask(configId, { kind: 'plan', actor, pin })
      const request = createRequest(dependencies, configId, { kind: 'rollback', actor })
      await changeIntent(dependencies, request, () => ({ suspended: false, pin }))
      return await queueRequest(dependencies, request)
    },
    approve: async (configId, actor, digest) => {
      const request = createRequest(dependencies, configId, { kind: 'prune', actor })
      const approval = { digest, expiresAt: formatTime(parseTime(request.requestedAt) + approvalMs) }
      await changeIntent(dependencies, request, (before) => ({ ...before, approval }))
      return await queueRequest(dependencies, request)
    },
    adopt: async (configId, actor, adoption) => {
      const request = createRequest(dependencies, configId, { kind: 'adopt', actor, adoption })
      const expiresAt = formatTime(parseTime(request.requestedAt) + approvalMs)
      await changeIntent(dependencies, request, (before) => ({
        ...before,
        adoptions: addAdoption(before.adoptions, { ...adoption, expiresAt }, request.requestedAt),
      }))
      return await queueRequest(dependencies, request)
    },
    resume: async (configId, actor) => {
      const request = createRequest(dependencies, configId, { kind: 'resume', actor })
      await changeIntent(dependencies, request, () => ({ suspended: false }))
      return await queueRequest(dependencies, request)
    },
  }
}
