import { createHash } from 'node:crypto'

/** SHA-256, hex, of `value` as JSON with sorted keys: equal for equal content, however it was written. */
export function digestJson(value: unknown): string {
  return createHash('sha256').update(formatCanonicalJson(value)).digest('hex')
}

/** JSON with the keys of every object in byte order and without white space; `undefined` members are left out. */
export function formatCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => formatCanonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([key, member]) => `${JSON.stringify(key)}:${formatCanonicalJson(member)}`)
  return `{${members.join(',')}}`
}
