import type { Poke } from '../../core/poke.ts'
import type { IsoTime } from '../../core/time.ts'
import type { OutgoingPoke } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'

/** Sends the pokes of one pass, each once, in batches. */
export interface PokeSender {
  poke(kind: Poke['kind'], id: string): Promise<void>
  /** Sends what is held back. */
  flush(): Promise<void>
  counts(): { readonly configs: number; readonly repositories: number; readonly sweeps: number }
}

const batchSize = 200

/** @throws {SyncError} (from its functions) QueueUnavailable */
export function createPokeSender(
  { queue }: Pick<SyncDependencies, 'queue'>,
  requestedAt: IsoTime,
): PokeSender {
  const sent = { config: new Set<string>(), repository: new Set<string>(), sweep: new Set<string>() }
  let waiting: OutgoingPoke[] = []
  const flush = async () => {
    const batch = waiting
    waiting = []
    if (batch.length > 0) await queue.send(batch)
  }
  return {
    flush,
    poke: async (kind, id) => {
      if (sent[kind].has(id)) return
      sent[kind].add(id)
      const requestId = `schedule-${requestedAt}`
      waiting.push({
        poke: { v: 1, kind, id, trigger: 'schedule', requestId, requestedAt },
        dedupId: `${id}@${requestedAt}`,
      })
      if (waiting.length >= batchSize) await flush()
    },
    counts: () => ({
      configs: sent.config.size,
      repositories: sent.repository.size,
      sweeps: sent.sweep.size,
    }),
  }
}
