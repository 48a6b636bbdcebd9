import type { Identity } from 'age-encryption'
import { isSyncError, SyncError } from '../../core/errors.ts'
import type { KeyService } from '../../ports.ts'
import { type IdentityText, splitIdentities } from './age/identity-text.ts'
import { createSshIdentity } from './age/ssh-identity.ts'
import { parseSshPrivateKey } from './age/ssh-private-key.ts'
import { formatSshRecipient } from './age/ssh-public-key.ts'
import { createX25519Identity } from './age/x25519-identity.ts'
import type { LocalKeys, SkippedKey } from './local/key-text.ts'

type Age = typeof import('age-encryption')

interface Keyring {
  readonly age: Age
  readonly identities: readonly (string | Identity)[]
  readonly skipped: readonly SkippedKey[]
}

/**
 * Opens entries for age with identities as age-keygen and ssh-keygen write them: X25519, hybrid post-quantum,
 * ssh-ed25519 and ssh-rsa. Every granted identity is tried; the recipient that an entry names is a label only. The
 * library, slow to load, is loaded with the first entry.
 */
export function createAgeKeyService({ keys, isGranted, onSkipped = () => {} }: LocalKeys): KeyService {
  let loading: Promise<Keyring> | undefined
  return {
    kind: 'age',
    isGranted: () => true,
    async unwrap(entry) {
      if (entry.kind !== 'age') return null
      loading ??= loadKeyring(keys.flatMap(splitIdentities), { isGranted, onSkipped })
      return await openFile(await loading, entry.enc)
    },
  }
}

interface KeyringOptions {
  readonly isGranted: LocalKeys['isGranted'] | undefined
  readonly onSkipped: (skipped: SkippedKey) => void
}

async function loadKeyring(
  texts: readonly IdentityText[],
  { isGranted, onSkipped }: KeyringOptions,
): Promise<Keyring> {
  const age = await import('age-encryption')
  const identities: (string | Identity)[] = []
  const skipped: SkippedKey[] = []
  for (const text of texts) {
    const loaded = loadIdentity(age, text)
    if ('reason' in loaded) skipped.push({ source: text.source, line: text.line, reason: loaded.reason })
    else if (!isGranted || isGranted(await loaded.readRecipient())) identities.push(loaded.identity)
  }
  skipped.forEach(onSkipped)
  return { age, identities, skipped }
}

type Loaded =
  | { readonly identity: string | Identity; readonly readRecipient: () => Promise<string> }
  | Pick<SkippedKey, 'reason'>

function loadIdentity(age: Age, { kind, text }: IdentityText): Loaded {
  switch (kind) {
    case 'native':
      return loadNativeIdentity(age, text)
    case 'ssh':
      return loadSshIdentity(text)
    case 'plugin':
    case 'passphrase':
    case 'malformed':
      return { reason: kind }
  }
}

function loadNativeIdentity(age: Age, text: string): Loaded {
  try {
    new age.Decrypter().addIdentity(text)
    const identity = text.startsWith('AGE-SECRET-KEY-1') ? createX25519Identity(text) : text
    return { identity, readRecipient: () => age.identityToRecipient(text) }
  } catch {
    return { reason: 'malformed' }
  }
}

function loadSshIdentity(pem: string): Loaded {
  try {
    const key = parseSshPrivateKey(pem)
    return { identity: createSshIdentity(key), readRecipient: async () => formatSshRecipient(key) }
  } catch (thrown) {
    const isLocked = isSyncError(thrown, 'SopsKeyInvalid') && thrown.data['reason'] === 'passphrase'
    return { reason: isLocked ? 'passphrase' : 'malformed' }
  }
}

async function openFile({ age, identities, skipped }: Keyring, armored: string): Promise<Uint8Array | null> {
  const [unusable] = skipped
  if (unusable && identities.length === 0) throw new SyncError('SopsKeyInvalid', { data: { ...unusable } })
  const decrypter = new age.Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  let isForeign = false
  // Identities are asked in turn, so this one is reached only if no other knows the file.
  decrypter.addIdentity({
    unwrapFileKey() {
      isForeign = true
      return null
    },
  })
  try {
    return await decrypter.decrypt(age.armor.decode(armored))
  } catch (cause) {
    if (isForeign) return null
    throw new SyncError('SopsMetadataInvalid', { data: { reason: 'the age file is malformed' }, cause })
  }
}
