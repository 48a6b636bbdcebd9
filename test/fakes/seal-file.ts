import { createHash } from 'node:crypto'
import type { SopsFormat } from '../../lib/core/sops/sops-format.ts'
import { decryptFile } from '../../lib/sync/load/decrypt-file.ts'
import { sealValue } from './seal-value.ts'

/** The data key of every file that is sealed here. */
export const sealedDataKey = Buffer.alloc(32, 7)

/** A value encrypted for the place that `additionalData` say. */
export function seal(plain: string | Uint8Array, additionalData: string, type = 'str'): string {
  return sealValue(sealedDataKey, plain, { additionalData, type })
}

export interface Sealing {
  readonly format: SopsFormat
  /** The file without its metadata: for JSON the members of the object. */
  readonly body: string
  /** The values that the MAC is made of, in file order. */
  readonly hashed: string | Uint8Array
  /** Instead of, or beside, the usual metadata; `undefined` leaves a field out. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What the MAC is bound to where that is not the text of `lastmodified`. */
  readonly macBoundTo?: string
}

/** A file as sops writes it around `body`, byte for byte what the test says. */
export function sealFile({ format, body, hashed, metadata = {}, macBoundTo }: Sealing): Buffer {
  const hash = createHash('sha512')
  if (metadata['mac_only_encrypted'] !== undefined) hash.update(createHash('sha256').update('sops').digest())
  const lastmodified = String(metadata['lastmodified'] ?? '2026-01-02T03:04:05Z')
  const mac = hash.update(hashed).digest('hex').toUpperCase()
  const fields = {
    age: [{ recipient: 'age1x', enc: 'x' }],
    lastmodified,
    mac: seal(mac, macBoundTo ?? lastmodified),
    version: '3.13.3',
    ...metadata,
  }
  return Buffer.from(joinMetadata(format, body, fields))
}

function joinMetadata(format: SopsFormat, body: string, fields: Readonly<Record<string, unknown>>): string {
  switch (format) {
    case 'yaml':
      return `${body}\nsops: ${JSON.stringify(fields)}\n`
    case 'json':
    case 'binary':
      return `{${body}, "sops": ${JSON.stringify(fields)}}`
    case 'dotenv':
      return `${body}\n${flatten(fields)
        .map(([key, value]) => `sops_${key}=${value}\n`)
        .join('')}`
    case 'ini':
      return `${body}\n[sops]\n${flatten(fields)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('')}`
  }
}

function flatten(node: unknown, path = ''): [string, string][] {
  if (node === undefined || node === null) return []
  if (typeof node !== 'object') return [[path, String(node).replaceAll('\n', '\\n')]]
  const separator = Array.isArray(node) ? '__list_' : '__map_'
  return Object.entries(node).flatMap(([key, child]) =>
    flatten(child, path === '' ? key : path + separator + key),
  )
}

/** Opens a sealed file; the text that comes out. */
export async function openSealed(
  bytes: Uint8Array,
  format: SopsFormat,
  outputFormat: SopsFormat = format,
): Promise<string> {
  const file = { path: 'file', bytes, inputFormat: format, outputFormat }
  return Buffer.from(await decryptFile(file, async () => sealedDataKey)).toString('utf8')
}
