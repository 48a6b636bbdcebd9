import type { Revision } from './source.ts'
import { sourceInvalid } from './source-errors.ts'

const algorithms: Readonly<Record<string, number>> = { sha1: 40, sha256: 64 }

/** `main@sha1:<40 hex>`, or `sha1:<40 hex>` where no ref led to the commit. */
export function formatRevision({ ref, commit }: Revision): string {
  const digest = `${commit.length === algorithms['sha256'] ? 'sha256' : 'sha1'}:${commit}`
  return ref === '' ? digest : `${ref}@${digest}`
}

/**
 * A revision in any form that Flux or Argo CD writes: `main@sha1:<hex>` (split at the last `@`), `sha1:<hex>`,
 * `main/<hex>` (before Flux 0.35) and the bare commit.
 * @throws {SyncError} SourceInvalid where the text is none of them
 * @see https://github.com/fluxcd/source-controller/blob/main/docs/spec/v1/gitrepositories.md#artifact
 */
export function parseRevision(text: string): Revision {
  const revision = parseWithDigest(text) ?? parseWithoutDigest(text)
  if (!revision) throw sourceInvalid('revision', 'names no commit')
  return revision
}

/** Whether `text` is a whole object id: lower-case hex, SHA-1 or SHA-256. */
export function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

function parseWithDigest(text: string): Revision | null {
  const at = text.lastIndexOf('@')
  const [algorithm = '', commit = '', ...rest] = text.slice(at + 1).split(':')
  const isKnown = rest.length === 0 && algorithms[algorithm] === commit.length && isCommit(commit)
  return isKnown && at !== 0 ? { ref: text.slice(0, Math.max(0, at)), commit } : null
}

function parseWithoutDigest(text: string): Revision | null {
  const slash = text.lastIndexOf('/')
  const commit = text.slice(slash + 1)
  return isCommit(commit) && slash !== 0 ? { ref: text.slice(0, Math.max(0, slash)), commit } : null
}
