import { SyncError } from '../errors.ts'

/** The keys of a file of lines, in its order; `disabled` are those that only stand behind a `#`. */
export interface KeyValueLines {
  readonly values: ReadonlyMap<string, string>
  readonly disabled: readonly string[]
}

/**
 * Lines `KEY=VALUE`, split at the first `=`, both sides trimmed: no quotes, escapes or `export`, as the original
 * controller reads them. `#KEY=VALUE` lists a key as disabled; any other line with `#` is a comment.
 * @throws {SyncError} RawFileInvalid for a line without `=` or key, and for a key that comes twice; it quotes neither
 */
export function parseKeyValueLines(text: string, file: string): KeyValueLines {
  const values = new Map<string, string>()
  const disabled = new Set<string>()
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trim()
    if (line === '') continue
    const [key, value] = splitLine(line.replace(/^#+/, ''))
    if (line.startsWith('#')) {
      if (key !== '' && value !== null) disabled.add(key)
    } else if (key === '' || value === null || values.has(key)) {
      throw new SyncError('RawFileInvalid', { data: { file, line: index + 1 } })
    } else {
      values.set(key, value)
    }
  }
  return { values, disabled: [...disabled].filter((key) => !values.has(key)) }
}

function splitLine(line: string): [key: string, value: string | null] {
  const equals = line.indexOf('=')
  return equals === -1 ? [line, null] : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()]
}
