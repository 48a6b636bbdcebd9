import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { PokeMessage, QueueName } from '../../../core/poke.ts'
import { type Row, readInteger, readOptionalInteger, readText } from '../../sqlite/columns.ts'
import { type Database, openDatabase } from '../../sqlite/database.ts'

const migrations = [
  `CREATE TABLE message (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     queue TEXT NOT NULL,
     id TEXT NOT NULL,
     group_id TEXT NOT NULL,
     dedup_id TEXT NOT NULL,
     body TEXT NOT NULL,
     sent_at INTEGER NOT NULL,
     visible_at INTEGER NOT NULL,
     receive_count INTEGER NOT NULL DEFAULT 0,
     first_received_at INTEGER,
     receipt TEXT,
     dead_at INTEGER
   ) STRICT;
   CREATE INDEX message_of_group ON message (queue, group_id, number) WHERE dead_at IS NULL;
   CREATE INDEX message_by_visibility ON message (queue, visible_at) WHERE dead_at IS NULL;
   CREATE INDEX message_by_receipts ON message (queue, receive_count) WHERE dead_at IS NULL;
   CREATE INDEX dead_message ON message (dead_at) WHERE dead_at IS NOT NULL;
   CREATE TABLE dedup (
     queue TEXT NOT NULL,
     id TEXT NOT NULL,
     until INTEGER NOT NULL,
     PRIMARY KEY (queue, id)
   ) STRICT, WITHOUT ROWID`,
]

const dedupWindowMs = 5 * 60 * 1000
const deadLetterRetentionMs = 14 * 24 * 60 * 60 * 1000

/** A message on its way to a handler. */
export interface Message extends PokeMessage {
  readonly number: number
  readonly id: string
  readonly sentAt: number
  readonly receiveCount: number
  readonly firstReceivedAt: number
  /** Changes with every receipt: who holds an older one can no longer acknowledge. */
  readonly receipt: string
}

export interface Receiving {
  readonly now: number
  readonly visibilityTimeoutMs: number
  readonly maxReceiveCount: number
}

/** Opens the file of the queues. @throws {SyncError} QueueUnavailable, StateTooNew */
export function openQueueDatabase(path: string): Database {
  return openDatabase(path, { migrations, unavailable: 'QueueUnavailable' })
}

/** Adds a message, unless one with its deduplication id was added in the last five minutes. */
export function addMessage(db: DatabaseSync, message: PokeMessage, now: number): void {
  const { queue, groupId, dedupId, body } = message
  db.prepare('DELETE FROM dedup WHERE until <= ?').run(now)
  const { changes } = db
    .prepare('INSERT OR IGNORE INTO dedup (queue, id, until) VALUES (?, ?, ?)')
    .run(queue, dedupId, now + dedupWindowMs)
  if (Number(changes) === 0) return
  db.prepare(
    `INSERT INTO message (queue, id, group_id, dedup_id, body, sent_at, visible_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(queue, randomUUID(), groupId, dedupId, body, now, now)
}

/**
 * Takes the oldest message that is visible and first in its group, and hides it for the visibility time-out. What was
 * received too often becomes a dead letter instead.
 */
export function receiveMessage(db: DatabaseSync, queue: QueueName, receiving: Receiving): Message | null {
  const { now, visibilityTimeoutMs } = receiving
  buryMessages(db, queue, receiving)
  const row = db
    .prepare(
      `UPDATE message SET visible_at = ?, receive_count = receive_count + 1, receipt = ?,
         first_received_at = coalesce(first_received_at, ?)
       WHERE number = (
         SELECT number FROM message AS candidate NOT INDEXED
           WHERE queue = ? AND dead_at IS NULL AND visible_at <= ? AND NOT EXISTS (
             SELECT 1 FROM message AS earlier WHERE earlier.queue = candidate.queue
               AND earlier.group_id = candidate.group_id AND earlier.dead_at IS NULL
               AND earlier.number < candidate.number)
           ORDER BY number LIMIT 1)
       RETURNING *`,
    )
    .get(now + visibilityTimeoutMs, randomUUID(), now, queue, now)
  return row === undefined ? null : parseMessage(row, queue)
}

/** Removes a message, if `message` is still its latest receipt. */
export function acknowledgeMessage(db: DatabaseSync, { number, receipt }: Message): void {
  db.prepare('DELETE FROM message WHERE number = ? AND receipt = ?').run(number, receipt)
}

/** When the next hidden message of a queue becomes visible. */
export function readNextVisibleAt(db: DatabaseSync, queue: QueueName, now: number): number | null {
  const row = db
    .prepare(
      'SELECT min(visible_at) AS at FROM message WHERE queue = ? AND dead_at IS NULL AND visible_at > ?',
    )
    .get(queue, now)
  return row === undefined ? null : readOptionalInteger(row, 'at')
}

/** Makes what a process held when it ended visible at once. */
export function releaseMessages(db: DatabaseSync, now: number): void {
  db.prepare('UPDATE message SET visible_at = ? WHERE visible_at > ?').run(now, now)
}

/** Bodies of the dead letters of both queues, oldest first. */
export function listDeadLetterBodies(db: DatabaseSync): string[] {
  const rows: Row[] = db
    .prepare('SELECT body FROM message WHERE dead_at IS NOT NULL ORDER BY dead_at, number')
    .all()
  return rows.map((row) => readText(row, 'body'))
}

function buryMessages(db: DatabaseSync, queue: QueueName, { now, maxReceiveCount }: Receiving): void {
  db.prepare('DELETE FROM message WHERE dead_at <= ?').run(now - deadLetterRetentionMs)
  db.prepare(
    `UPDATE message SET dead_at = ?, receipt = NULL
       WHERE queue = ? AND dead_at IS NULL AND visible_at <= ? AND receive_count >= ?`,
  ).run(now, queue, now, maxReceiveCount)
}

function parseMessage(row: Row, queue: QueueName): Message {
  return {
    queue,
    number: readInteger(row, 'number'),
    id: readText(row, 'id'),
    groupId: readText(row, 'group_id'),
    dedupId: readText(row, 'dedup_id'),
    body: readText(row, 'body'),
    sentAt: readInteger(row, 'sent_at'),
    receiveCount: readInteger(row, 'receive_count'),
    firstReceivedAt: readInteger(row, 'first_received_at'),
    receipt: readText(row, 'receipt'),
  }
}
