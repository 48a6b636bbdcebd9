import { constants, createHash, hkdfSync, type KeyObject, privateDecrypt } from 'node:crypto'
import type { Identity } from 'age-encryption'
import { encodeSshPublicKey, type SshPublicKey } from './ssh-public-key.ts'
import { createX25519Key, openFileKey } from './x25519.ts'

type Stanza = Parameters<Identity['unwrapFileKey']>[0][number]

const ed25519Label = 'age-encryption.org/v1/ssh-ed25519'
const rsaLabel = 'age-encryption.org/v1/ssh-rsa'

/**
 * The age identity of an SSH key; `age-encryption` itself knows none.
 * @throws {SyncError} SopsKeyInvalid for keys that are neither RSA nor Ed25519
 * @see https://github.com/FiloSottile/age/blob/main/agessh/agessh.go
 */
export function createSshIdentity(key: KeyObject): Identity {
  const publicKey = encodeSshPublicKey(key)
  const open = publicKey.type === 'ssh-rsa' ? createRsaOpener(key) : createEd25519Opener(key, publicKey)
  return createIdentity(publicKey, open)
}

type OpenStanza = (stanza: Stanza) => Uint8Array

function createRsaOpener(key: KeyObject): OpenStanza {
  const padding = {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: 'sha256',
    oaepLabel: Buffer.from(rsaLabel),
  }
  return ({ body }) => privateDecrypt({ key, ...padding }, body)
}

function createEd25519Opener(key: KeyObject, { wireKey }: SshPublicKey): OpenStanza {
  const { d = '' } = key.export({ format: 'jwk' })
  const scalar = createHash('sha512').update(Buffer.from(d, 'base64url')).digest().subarray(0, 32)
  const own = createX25519Key(scalar)
  const tweak = createX25519Key(deriveKey(Buffer.alloc(0), wireKey))
  return ({ args: [, , share = ''], body }) => {
    const ephemeral = Buffer.from(share, 'base64')
    const secret = tweak.multiply(own.multiply(ephemeral))
    return openFileKey(body, deriveKey(secret, Buffer.concat([ephemeral, own.publicKey])))
  }
}

/** Opens the stanza that carries the tag of the key: the first four bytes of the hash of its public half. */
function createIdentity({ type, wireKey }: SshPublicKey, open: OpenStanza): Identity {
  const tag = createHash('sha256')
    .update(wireKey)
    .digest()
    .subarray(0, 4)
    .toString('base64')
    .replace(/=+$/, '')
  return {
    unwrapFileKey(stanzas) {
      const own = stanzas.find(({ args }) => args[0] === type && args[1] === tag)
      return own ? Uint8Array.from(open(own)) : null
    },
  }
}

function deriveKey(secret: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, ed25519Label, 32))
}
