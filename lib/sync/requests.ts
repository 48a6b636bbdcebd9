import type { Actor } from '../core/audit/actor.ts'
import type { ConfigId } from '../core/config/config.ts'
import type { RequestRecord } from '../core/state/records.ts'
import { changeIntent } from './change-intent.ts'
import { createRequest, queueRequest, type RequestDependencies } from './queue-request.ts'

/**
 * What operators and CI ask for. Each resolves to the record where the answer will be; all throw QueueUnavailable and
 * StateUnavailable, those that change an intent also StateConflict.
 */
export interface Requests {
  /** A look. */
  sync(configId: ConfigId, actor: Actor): Promise<RequestRecord>
  /** A look that stops after the plan. */
  plan(configId: ConfigId, actor: Actor): Promise<RequestRecord>
  /** Nothing more is done for the config; a run that writes already ends as planned. */
  suspend(configId: ConfigId, actor: Actor): Promise<RequestRecord>
  /** Lifts a suspension and a pin, and looks. */
  resume(configId: ConfigId, actor: Actor): Promise<RequestRecord>
}

export function createRequests(dependencies: RequestDependencies): Requests {
  const ask = async (configId: ConfigId, asked: Pick<RequestRecord, 'kind'> & { readonly actor: Actor }) =>
    await queueRequest(dependencies, createRequest(dependencies, configId, asked))
  return {
    sync: async (configId, actor) => await ask(configId, { kind: 'sync', actor }),
    plan: async (configId, actor) => await ask(configId, { kind: 'plan', actor }),
    suspend: async (configId, actor) => {
      const request = createRequest(dependencies, configId, { kind: 'suspend', actor })
      await changeIntent(dependencies, request, ({ pin }) => ({ suspended: true, ...(pin && { pin }) }))
      return await queueRequest(dependencies, request)
    },
    resume: async (configId, actor) => {
      const request = createRequest(dependencies, configId, { kind: 'resume', actor })
      await changeIntent(dependencies, request, () => ({ suspended: false }))
      return await queueRequest(dependencies, request)
    },
  }
}
