import type { DatabaseSync } from 'node:sqlite'
import { type Row, readInteger, readText } from '../../sqlite/columns.ts'

export const currentLabel = 'AWSCURRENT'
export const previousLabel = 'AWSPREVIOUS'

/** The row number of the version that carries a label. */
export function readLabelHolder(db: DatabaseSync, secret: number, label: string): number | null {
  const row = db.prepare('SELECT version FROM label WHERE secret = ? AND name = ?').get(secret, label)
  return row === undefined ? null : readInteger(row, 'version')
}

/** Labels of one version, in byte order. */
export function readLabels(db: DatabaseSync, version: number): string[] {
  const rows: Row[] = db.prepare('SELECT name FROM label WHERE version = ? ORDER BY name').all(version)
  return rows.map((row) => readText(row, 'name'))
}

/** Moves a label; AWSCURRENT leaves AWSPREVIOUS behind on the version that it comes from. */
export function moveLabel(
  db: DatabaseSync,
  secret: number,
  to: { readonly label: string; readonly version: number },
): void {
  const from = readLabelHolder(db, secret, to.label)
  if (from === to.version) return
  if (to.label === currentLabel && from !== null)
    setLabel(db, secret, { label: previousLabel, version: from })
  setLabel(db, secret, to)
}

function setLabel(
  db: DatabaseSync,
  secret: number,
  { label, version }: { readonly label: string; readonly version: number },
): void {
  db.prepare(
    `INSERT INTO label (secret, name, version) VALUES (?, ?, ?)
     ON CONFLICT (secret, name) DO UPDATE SET version = excluded.version`,
  ).run(secret, label, version)
}
