import { SyncError } from '../../../core/errors.ts'
import { stateSchema } from '../../../core/state/records.ts'
import type { IsoTime } from '../../../core/time.ts'

/** The place of an item: items of one partition are listed in the byte order of their sort keys. */
export interface ItemKey {
  readonly partition: string
  readonly sort: string
}

/** One record as a table keeps it. */
export interface Item extends ItemKey {
  /** The layout of `body`; an item newer than this release is neither read nor touched. */
  readonly schema: number
  /** Canonical JSON. */
  readonly body: string
  /** Puts the item into the due index. */
  readonly dueAt?: IsoTime
  /** After this the item may vanish at any time; who reads it must look. */
  readonly expiresAt?: IsoTime
}

export interface ItemQuery {
  readonly partition: string
  /** Begin of the sort key. */
  readonly prefix?: string
  readonly limit?: number
  readonly newestFirst?: boolean
}

/** A table of items with conditional writes: all that the state store needs of SQLite or DynamoDB. */
export interface ItemTable {
  read(key: ItemKey): Promise<Item | null>
  list(query: ItemQuery): Promise<readonly Item[]>
  /**
   * Adds or replaces an item.
   * @param before the body that the present item must have, `null` for no item; without it any
   * @throws {SyncError} StateConflict, StateTooNew
   */
  write(item: Item, before?: string | null): Promise<void>
  /** Removes an item, if there is one. @throws {SyncError} StateTooNew */
  remove(key: ItemKey): Promise<void>
  /** Items of a partition whose `dueAt` is not after `until`, oldest first. */
  listDue(
    partition: string,
    until: IsoTime,
    limit: number,
  ): Promise<readonly { readonly sort: string; readonly dueAt: IsoTime }[]>
}

/** @throws {SyncError} StateTooNew where a newer release has written the item */
export function assertNotNewer(item: ItemKey & { readonly schema: number }): void {
  if (item.schema > stateSchema) {
    throw new SyncError('StateTooNew', {
      data: { item: `${item.partition} ${item.sort}`, schema: item.schema },
    })
  }
}

/** The record in an item. @throws {SyncError} StateTooNew */
export function parseItem<Content>(item: Item): Content {
  assertNotNewer(item)
  return JSON.parse(item.body)
}
