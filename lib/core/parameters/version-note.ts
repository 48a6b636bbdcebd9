import type { VersionId } from '../secrets/desired.ts'

/** What the service writes into the description of a parameter, in the same call as the value. */
export interface VersionNote {
  /** The version number of the parameter that the note was written for. */
  readonly number: number
  readonly versionId: VersionId
}

const form = /^Version (\d+) by secret-manager-controller: ([0-9a-f]{64})$/

export function formatVersionNote({ number, versionId }: VersionNote): string {
  return `Version ${number} by secret-manager-controller: ${versionId}`
}

/** `null` where the description is not of that form. */
export function parseVersionNote(description: string): VersionNote | null {
  const [, number, versionId] = form.exec(description) ?? []
  return number === undefined || versionId === undefined ? null : { number: Number(number), versionId }
}

/**
 * What a parameter holds, without its value: the id in its note while the note is of this very version, else an id
 * that stands for the number alone, as after an edit by hand.
 */
export function readVersionId(description: string, number: number): VersionId {
  const note = parseVersionNote(description)
  return note?.number === number ? note.versionId : `parameter-version-${String(number).padStart(14, '0')}`
}
