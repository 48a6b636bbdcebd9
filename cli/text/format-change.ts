import type { Actor } from '../../lib/core/audit/actor.ts'
import type { Revision } from '../../lib/core/source/source.ts'

/** As much of a version id or commit as people use. */
const shownCharacters = 12

/** A revision with the beginning of its commit; `-` where there is none. */
export function formatShortRevision(revision: Revision | null): string {
  return revision === null ? '-' : `${revision.ref}@${revision.commit.slice(0, shownCharacters)}`
}

/** The beginning of a version id; `-` where there is none. */
export function formatShortVersion(versionId: string | undefined): string {
  return versionId?.slice(0, shownCharacters) ?? '-'
}

/** Who is behind a change; what a push says about itself is marked as a claim. */
export function formatActor(actor: Actor | undefined): string {
  if (!actor) return '-'
  return actor.from === 'push' ? `${actor.name} (claimed)` : actor.name
}
