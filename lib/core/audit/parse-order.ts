import * as z from 'zod/mini'
import type { Adoption } from '../config/config.ts'
import { findAdoptionProblem } from '../config/parse/adoption-problem.ts'
import { SyncError } from '../errors.ts'

const rollback = z.strictObject({
  to: z.optional(z.string().check(z.minLength(1), z.maxLength(512))),
  partial: z._default(z.boolean(), false),
  dryRun: z._default(z.boolean(), false),
})

const adopt = z.strictObject({
  name: z.string(),
  versionId: z.exactOptional(z.string()),
  version: z.exactOptional(z.int().check(z.positive())),
})

const prune = z.strictObject({ approve: z.string().check(z.regex(/^[0-9a-f]{64}$/)) })

/** What the body of a request for a rollback says; an empty body says nothing. */
export interface RollbackOrder {
  /** A revision, or a commit by the beginning of its id; the revision before the present one where absent. */
  readonly to?: string
  /** Whether secrets that can go back are to, where others cannot. */
  readonly partial: boolean
  /** Only a plan. */
  readonly dryRun: boolean
}

/** @throws {SyncError} RequestInvalid with the field */
export function parseRollbackOrder(body: string): RollbackOrder {
  const { to, partial, dryRun } = parse(rollback, body.trim() === '' ? '{}' : body)
  return { partial, dryRun, ...(to === undefined ? {} : { to }) }
}

/** The digest of the deletions that are approved. @throws {SyncError} RequestInvalid with the field */
export function parsePruneOrder(body: string): string {
  return parse(prune, body).approve
}

/** What is to be taken over, at the version that it must have. @throws {SyncError} RequestInvalid with the field */
export function parseAdoptionOrder(body: string): Adoption {
  const adoption = parse(adopt, body)
  const found = findAdoptionProblem(adoption)
  if (found) throw new SyncError('RequestInvalid', { data: { field: found.field, problem: found.problem } })
  return adoption
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, body: string): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  throw new SyncError('RequestInvalid', { data: { field: unknown ?? issue?.path.join('.') ?? '' } })
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new SyncError('RequestInvalid', { cause })
  }
}
