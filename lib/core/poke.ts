import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { SyncError } from './errors.ts'
import type { IsoTime } from './time.ts'

const triggers = ['webhook', 'schedule', 'manual', 'fan-out', 'continuation', 'drift'] as const

/** What made the service look. */
export type Trigger = (typeof triggers)[number]

/**
 * A message of the queues: a reason to look again, never a carrier of state. `id` is a repository key, an account
 * and region, or a config id, by `kind`.
 */
export interface Poke {
  readonly v: 1
  readonly kind: 'repository' | 'sweep' | 'config'
  readonly id: string
  readonly trigger: Trigger
  readonly requestId: string
  readonly requestedAt: IsoTime
  /** Only a manual poke: stop after the plan and keep it as the answer to `requestId`. */
  readonly planOnly?: true
}

/** Which queue carries pokes of a kind. */
export type QueueName = 'watch' | 'sync'

/** A poke as a queue carries it. Group and deduplication id are 43 characters each; SQS takes 128. */
export interface PokeMessage {
  readonly queue: QueueName
  /** Messages of one group are worked one after the other. */
  readonly groupId: string
  /** Equal ones within five minutes are one message. */
  readonly dedupId: string
  readonly body: string
}

const version = z.object({ v: z.int().check(z.positive()) })

/** Fields that are not named here are dropped: nothing but a look can be asked for. */
const schema = z.object({
  v: z.literal(1),
  kind: z.enum(['repository', 'sweep', 'config']),
  id: z.string().check(z.minLength(1), z.maxLength(1024)),
  trigger: z.enum(triggers),
  requestId: z.string().check(z.minLength(1), z.maxLength(256)),
  requestedAt: z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)),
  planOnly: z.optional(z.literal(true)),
})

/** The body of a message. */
export function formatPoke({ v, kind, id, trigger, requestId, requestedAt, planOnly }: Poke): string {
  return JSON.stringify({ v, kind, id, trigger, requestId, requestedAt, planOnly })
}

/**
 * The poke in the body of a message.
 * @throws {SyncError} StateTooNew where a newer release has sent it; RequestInvalid with the field
 */
export function parsePoke(body: string): Poke {
  const json = parseJson(body)
  const written = version.safeParse(json)
  if (written.success && written.data.v > 1)
    throw new SyncError('StateTooNew', { data: { v: written.data.v } })
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    throw new SyncError('RequestInvalid', { data: { field: parsed.error.issues[0]?.path.join('.') ?? '' } })
  }
  const { planOnly, ...poke } = parsed.data
  return planOnly && poke.trigger === 'manual' ? { ...poke, planOnly } : poke
}

/** Where a poke goes: configs are synced, everything else is watched. */
export function queueOf({ kind }: Pick<Poke, 'kind'>): QueueName {
  return kind === 'config' ? 'sync' : 'watch'
}

/** The message for a poke. Pokes of one id are one group; pokes of two ids are never taken for one. */
export function formatMessage(poke: Poke, dedupId: string): PokeMessage {
  return {
    queue: queueOf(poke),
    groupId: digest(poke.id),
    dedupId: digest(JSON.stringify([poke.kind, poke.id, dedupId])),
    body: formatPoke(poke),
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new SyncError('RequestInvalid', { cause })
  }
}
