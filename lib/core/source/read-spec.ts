import type * as z from 'zod/mini'
import type { Manifest } from '../config/manifest.ts'
import { describeIssue } from '../schema/describe-issue.ts'
import { dropNulls } from '../schema/drop-nulls.ts'
import { sourceInvalid } from './source-errors.ts'

/**
 * The spec of a source object, as far as `schema` looks.
 * @throws {SyncError} SourceInvalid
 */
export function readSpec<Schema extends z.ZodMiniType>(manifest: Manifest, schema: Schema): z.output<Schema> {
  const input = dropNulls(manifest.spec)
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, problem } = describeIssue(parsed.error.issues, input, 'spec')
  throw sourceInvalid(path, problem)
}
