import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyText } from '../../../../lib/adapters/keys/local/key-text.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures')

/** What every file in test/fixtures/key-entries decrypts to. */
export const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index)

/** A private key of test/fixtures/keys. */
export function readKey(source: string): KeyText {
  return { source, text: readFileSync(join(fixtures, 'keys', source), 'utf8') }
}

/** An encrypted data key of test/fixtures/key-entries. */
export function readEncrypted(name: string): string {
  return readFileSync(join(fixtures, 'key-entries', name), 'utf8')
}
