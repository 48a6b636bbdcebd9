import { SyncError } from '../errors.ts'
import { createValueCipher, type ValueCipher } from './cipher/cipher.ts'
import { createMacHash } from './cipher/mac.ts'
import { createRuleMatcher } from './cipher/rules.ts'
import { type TreeWalk, walkBranch } from './cipher/tree-walk.ts'
import type { SopsFile } from './sops-file.ts'
import type { DecryptedTree } from './tree.ts'

/**
 * Decrypts every value of a file and checks its MAC; nothing is returned unless it holds.
 * @param dataKey 32 bytes
 * @throws {SyncError} SopsValueTampered, SopsValueNotEncrypted, SopsValueInvalid, SopsTreeUnsupported,
 *   SopsMacInvalid, SopsMacMismatch, SopsMetadataInvalid, SopsKeyInvalid; data name the key path, never a value
 * @see https://github.com/getsops/sops/blob/main/sops.go (Tree.Decrypt)
 */
export function decryptSopsFile(file: SopsFile, dataKey: Uint8Array): DecryptedTree {
  const { metadata } = file
  const walk: TreeWalk = {
    cipher: createValueCipher(dataKey),
    hash: createMacHash(metadata.macOnlyEncrypted),
    rule: createRuleMatcher(metadata.rule),
    macOnlyEncrypted: metadata.macOnlyEncrypted,
    isJson: file.format === 'json' || file.format === 'binary',
  }
  const branches = file.branches.map((branch) => walkBranch(walk, branch))
  if (!walk.hash.matches(decryptMac(file, walk.cipher))) throw new SyncError('SopsMacMismatch')
  return { branches }
}

/** The MAC that the file carries; the empty text where it has none. */
function decryptMac({ metadata }: SopsFile, cipher: ValueCipher): string {
  const decrypted = cipher(metadata.mac, metadata.lastModified)
  if ('failure' in decrypted) throw new SyncError('SopsMacInvalid')
  return decrypted.value.type === 'str' ? decrypted.value.text : ''
}
