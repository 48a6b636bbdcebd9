import { readFile } from 'node:fs/promises'
import { readErrorCode } from '../../lib/adapters/egress/error-code.ts'
import type { KeyText } from '../../lib/adapters/keys/local/key-text.ts'
import { SyncError } from '../../lib/core/errors.ts'

/** @throws {SyncError} SopsKeyInvalid for the first file that cannot be read */
export async function readKeyFiles(paths: readonly string[]): Promise<KeyText[]> {
  return await Promise.all(paths.map(readKeyFile))
}

/** The files that can be read; `onUnreadable` is told the others, and why. */
export async function readReadableKeyFiles(
  paths: readonly string[],
  onUnreadable: (path: string, error: string) => void,
): Promise<KeyText[]> {
  const results = await Promise.allSettled(paths.map((path) => readFile(path, 'utf8')))
  return results.flatMap((result, index) => {
    const source = paths[index] ?? ''
    if (result.status === 'fulfilled') return [{ source, text: result.value }]
    onUnreadable(source, readErrorCode(result.reason))
    return []
  })
}

async function readKeyFile(path: string): Promise<KeyText> {
  try {
    return { source: path, text: await readFile(path, 'utf8') }
  } catch (cause) {
    throw new SyncError('SopsKeyInvalid', { data: { file: path }, cause })
  }
}
