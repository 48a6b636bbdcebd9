import type { SQLOutputValue } from 'node:sqlite'
import { SyncError } from '../../core/errors.ts'

/** One row as SQLite returns it. */
export type Row = Readonly<Record<string, SQLOutputValue>>

/** @throws {SyncError} InternalError where the column holds something else */
export function readText(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw unexpected(column)
  return value
}

/** @throws {SyncError} InternalError where the column holds something else */
export function readInteger(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw unexpected(column)
  return value
}

/** @throws {SyncError} InternalError where the column holds something else */
export function readBytes(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw unexpected(column)
  return value
}

/** Text, or `null` where the column is empty. */
export function readOptionalText(row: Row, column: string): string | null {
  return row[column] === null ? null : readText(row, column)
}

/** A number, or `null` where the column is empty. */
export function readOptionalInteger(row: Row, column: string): number | null {
  return row[column] === null ? null : readInteger(row, column)
}

function unexpected(column: string): SyncError {
  return new SyncError('InternalError', { data: { column } })
}
