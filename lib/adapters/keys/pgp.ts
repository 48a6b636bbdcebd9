import type { Message, PrivateKey } from 'openpgp'
import { SyncError } from '../../core/errors.ts'
import type { KeyService } from '../../ports.ts'
import type { KeyText, LocalKeys, SkippedKey } from './local/key-text.ts'

type OpenPgp = typeof import('openpgp')

interface Keyring {
  readonly openpgp: OpenPgp
  readonly keys: readonly PrivateKey[]
  readonly skipped: readonly SkippedKey[]
}

const privateBlock = /-----BEGIN PGP PRIVATE KEY BLOCK-----[\s\S]*?-----END PGP PRIVATE KEY BLOCK-----/g

/** A data key takes a few bytes; whoever packs more into the message wants to fill memory. */
const limits = { maxDecompressedMessageSize: 64 * 1024 }

/**
 * Opens entries for OpenPGP with armored private keys that have no passphrase. Every key is tried that the message may
 * be meant for; the fingerprint of an entry is a label only. The library, large, is loaded with the first entry.
 */
export function createPgpKeyService({
  keys,
  isGranted = () => true,
  onSkipped = () => {},
}: LocalKeys): KeyService {
  let loading: Promise<Keyring> | undefined
  return {
    kind: 'pgp',
    isGranted: () => true,
    async unwrap(entry) {
      if (entry.kind !== 'pgp' || keys.length === 0) return null
      loading ??= loadKeyring(keys, { isGranted, onSkipped })
      return await openEntry(await loading, entry.enc)
    },
  }
}

async function loadKeyring(
  texts: readonly KeyText[],
  { isGranted, onSkipped }: Required<Pick<LocalKeys, 'isGranted' | 'onSkipped'>>,
): Promise<Keyring> {
  const openpgp = await import('openpgp')
  const blocks = texts.flatMap(splitBlocks)
  const loaded = await Promise.all(blocks.map((block) => loadBlock(openpgp, block)))
  const skipped = loaded.flatMap((block) => block.skipped)
  skipped.forEach(onSkipped)
  const keys = loaded.flatMap((block) => block.keys)
  return { openpgp, keys: keys.filter((key) => listFingerprints(key).some(isGranted)), skipped }
}

/** Files name a primary key, or one of its subkeys. */
function listFingerprints(key: PrivateKey): string[] {
  return key.getKeys().map((own) => own.getFingerprint().toUpperCase())
}

interface Block {
  readonly source: string
  readonly line: number
  readonly armoredKeys: string
}

/** The library reads the first block of a text only. A text without one counts as one that cannot be read. */
function splitBlocks({ source, text }: KeyText): Block[] {
  const blocks = [...text.matchAll(privateBlock)].map((match) => ({
    source,
    line: text.slice(0, match.index).split('\n').length,
    armoredKeys: match[0],
  }))
  return blocks.length === 0 ? [{ source, line: 1, armoredKeys: '' }] : blocks
}

async function loadBlock(
  openpgp: OpenPgp,
  { source, line, armoredKeys }: Block,
): Promise<{ keys: PrivateKey[]; skipped: SkippedKey[] }> {
  try {
    const keys = await openpgp.readPrivateKeys({ armoredKeys })
    const unlocked = keys.filter((key) => key.isDecrypted())
    const isLocked = unlocked.length < keys.length
    return { keys: unlocked, skipped: isLocked ? [{ source, line, reason: 'passphrase' }] : [] }
  } catch {
    return { keys: [], skipped: [{ source, line, reason: 'malformed' }] }
  }
}

async function openEntry(keyring: Keyring, armored: string): Promise<Uint8Array | null> {
  const { openpgp, keys, skipped } = keyring
  const [unusable] = skipped
  if (unusable && keys.length === 0) throw new SyncError('SopsKeyInvalid', { data: { ...unusable } })
  const message = await readMessage(openpgp, armored)
  const causes: unknown[] = []
  for (const key of keys.filter((own) => isMeantFor(message, own, true))) {
    try {
      const opened = await decrypt(openpgp, armored, key)
      // GnuPG may end well with nothing written.
      if (opened.length > 0) return opened
    } catch (thrown) {
      causes.push(thrown)
    }
  }
  if (keys.some((own) => isMeantFor(message, own, false))) throw refuse(causes[0])
  return null
}

async function readMessage({ readMessage }: OpenPgp, armored: string): Promise<Message<string>> {
  try {
    return await readMessage({ armoredMessage: armored })
  } catch (cause) {
    throw refuse(cause)
  }
}

/** With `orHidden`, also where the message does not say for whom it is. */
function isMeantFor(message: Message<string>, key: PrivateKey, orHidden: boolean): boolean {
  const recipients = message.getEncryptionKeyIDs()
  return key.getKeyIDs().some((own) => recipients.some((recipient) => own.equals(recipient, orHidden)))
}

/** Decryption uses a message up, so each key gets its own. */
async function decrypt(openpgp: OpenPgp, armored: string, key: PrivateKey): Promise<Uint8Array> {
  const message = await readMessage(openpgp, armored)
  const { data } = await openpgp.decrypt({ message, decryptionKeys: key, format: 'binary', config: limits })
  return data
}

function refuse(cause?: unknown): SyncError {
  return new SyncError('SopsMetadataInvalid', {
    data: { reason: 'the OpenPGP message is malformed' },
    cause,
  })
}
