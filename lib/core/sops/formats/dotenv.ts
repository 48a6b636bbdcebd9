import { SyncError } from '../../errors.ts'
import { decodeRawText, encodeRawText } from '../raw-text.ts'
import type { Format, ParsedFile } from '../sops-format.ts'
import { type Comment, createComment, createString, type Pair } from '../tree.ts'
import { formatFlatBytes } from './flat/flat-value.ts'
import { unflatten } from './flat/flatten.ts'

const metadataPrefix = 'sops_'

/**
 * Lines of `KEY=value`, by the rules of sops and no others: no trimming, no quotes, no `export`; `\n` is a line feed.
 * One CR at the end of a line is dropped, which sops does not do: it cannot read such files.
 * @see https://github.com/getsops/sops/blob/main/stores/dotenv/store.go
 */
export const dotenvFormat: Format = {
  parse: (bytes) => separateMetadata(parseLines(bytes)),
  emit([branch]) {
    const lines = (branch?.items ?? []).map((item) =>
      item.type === 'comment' ? formatComment(item) : formatPair(item),
    )
    return Buffer.concat(lines.flat())
  },
  emitValue() {
    throw new SyncError('SopsOutputUnsupported', { data: { format: 'dotenv' } })
  },
}

/** Works on bytes as Latin-1, so that a value may be any bytes. */
function parseLines(bytes: Uint8Array): (Pair | Comment)[] {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  return lines.flatMap((line, index) => parseLine(line.replace(/\r$/, ''), index + 1))
}

function parseLine(line: string, lineNumber: number): (Pair | Comment)[] {
  if (line === '') return []
  if (line.startsWith('#')) return [createComment(Buffer.from(line.slice(1), 'latin1'))]
  const separatorAt = line.indexOf('=')
  if (separatorAt === -1) throw new SyncError('SopsFileUnreadable', { data: { line: lineNumber } })
  const key = decodeRawText(Buffer.from(line.slice(0, separatorAt), 'latin1'))
  const value = line.slice(separatorAt + 1).replaceAll('\\n', '\n')
  return [{ type: 'pair', key, value: createString(Buffer.from(value, 'latin1')) }]
}

function separateMetadata(items: (Pair | Comment)[]): ParsedFile {
  const isMetadata = (item: Pair | Comment): item is Pair =>
    item.type === 'pair' && item.key.startsWith(metadataPrefix)
  const metadata = items.filter(isMetadata)
  if (metadata.length === 0) throw new SyncError('SopsMetadataMissing')
  return {
    metadata: unflatten(metadata.map((pair) => ({ ...pair, key: pair.key.slice(metadataPrefix.length) }))),
    branches: [{ type: 'map', items: items.filter((item) => !isMetadata(item)) }],
  }
}

function formatComment({ text, bytes }: Comment): Uint8Array[] {
  return [Buffer.from('#'), bytes ?? Buffer.from(text), Buffer.from('\n')]
}

function formatPair({ key, value }: Pair): Uint8Array[] {
  const bytes = formatFlatBytes(value)
  if (!bytes) throw new SyncError('SopsOutputUnsupported', { data: { format: 'dotenv', keyPath: key } })
  const escaped = Buffer.from(bytes).toString('latin1').replaceAll('\n', '\\n')
  return [encodeRawText(`${key}=`), Buffer.from(escaped, 'latin1'), Buffer.from('\n')]
}
