import { readFile } from 'node:fs/promises'
import { SyncError } from '../lib/core/errors.ts'

/** The bytes of a file that is named on the command line. @throws {SyncError} InputMissing */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new SyncError('InputMissing', { data: { file: path }, cause })
  }
}
