import { createHash } from 'node:crypto'
import type { ConfigId } from '../../../core/config/config.ts'
import type { ItemKey } from './table.ts'

const count = 8

/** The partitions of a kind of which there is one item for each config. */
export function listShards(kind: string): string[] {
  return Array.from({ length: count }, (_, shard) => `${kind}#${shard}`)
}

/** Spreads the items over eight partitions, so that none is hot and all can be listed without a scan. */
export function formatShardKey(kind: string, id: ConfigId): ItemKey {
  const shard = createHash('sha256').update(id).digest().readUInt8() % count
  return { partition: `${kind}#${shard}`, sort: id }
}
