import { createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { decodeBase64 } from '../../base64.ts'
import { SyncError } from '../../errors.ts'
import { parseGoBool, parseGoFloat, parseGoInteger } from '../../go/literals.ts'
import { parseTimestamp } from '../../go/timestamp.ts'
import { encodeRawText } from '../raw-text.ts'
import { type Comment, createComment, createString, type Scalar } from '../tree.ts'
import { parseEncryptedValue } from './encrypted-value.ts'

/** Why a text could not be decrypted; the caller knows the key path and throws. */
export type CipherFailure = 'SopsValueTampered' | 'SopsValueNotEncrypted' | 'SopsValueInvalid'

export type Decrypted = { readonly value: Scalar | Comment } | { readonly failure: CipherFailure }

/** Decrypts the text of one value; the additional data tie it to its place in the file. */
export type ValueCipher = (text: string, additionalData: string) => Decrypted

const dataKeyBytes = 32
/** Pinned: without it Node accepts a tag cut to four bytes, which makes forging practical. */
const tagBytes = 16
/** OpenSSL takes no longer one, and throws; sops writes 32 bytes. */
const maxIvBytes = 128

/**
 * The cipher of one file. The key becomes a KeyObject once: with raw bytes Node would spend most of the time per
 * value on importing the key.
 * @throws {SyncError} SopsKeyInvalid where the data key has not 32 bytes
 */
export function createValueCipher(dataKey: Uint8Array): ValueCipher {
  if (dataKey.length !== dataKeyBytes) {
    throw new SyncError('SopsKeyInvalid', { data: { dataKeyBytes: dataKey.length } })
  }
  const key = createSecretKey(dataKey)
  return (text, additionalData) => decryptValue(key, text, additionalData)
}

function decryptValue(key: KeyObject, text: string, additionalData: string): Decrypted {
  if (text === '') return { value: { type: 'str', text } }
  const encrypted = parseEncryptedValue(text)
  if (!encrypted) return { failure: 'SopsValueNotEncrypted' }
  const data = decodeBase64(encrypted.data)
  const iv = decodeBase64(encrypted.iv)
  const tag = decodeBase64(encrypted.tag)
  if (!data || !iv || !tag) return { failure: 'SopsValueInvalid' }
  const isSized = iv.length > 0 && iv.length <= maxIvBytes && tag.length === tagBytes
  if (!isSized) return { failure: 'SopsValueTampered' }
  const plain = openSealed(key, { data, iv, tag }, additionalData)
  if (!plain) return { failure: 'SopsValueTampered' }
  const value = parsePlain(plain, encrypted.type)
  return value ? { value } : { failure: 'SopsValueInvalid' }
}

interface Sealed {
  readonly data: Uint8Array
  readonly iv: Uint8Array
  readonly tag: Uint8Array
}

function openSealed(key: KeyObject, sealed: Sealed, additionalData: string): Uint8Array | null {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.iv, { authTagLength: tagBytes })
  decipher.setAAD(encodeRawText(additionalData))
  decipher.setAuthTag(sealed.tag)
  const plain = decipher.update(sealed.data)
  try {
    decipher.final()
    return plain
  } catch {
    // OpenSSL says "unable to authenticate" by throwing, and nothing else can fail here.
    return null
  }
}

function parsePlain(plain: Uint8Array, type: string): Scalar | Comment | null {
  if (type === 'comment') return createComment(plain)
  const string = createString(plain)
  if (type === 'str' || type === 'bytes') return string
  if (string.type !== 'str') return null
  const { text } = string
  switch (type) {
    case 'int':
      return wrap(parseGoInteger(text), (value) => ({ type: 'int', value }))
    case 'float':
      return wrap(parseGoFloat(text), (value) => ({ type: 'float', value }))
    case 'bool':
      return wrap(parseGoBool(text), (value) => ({ type: 'bool', value }))
    case 'time':
      return wrap(parseTimestamp(text), (timestamp) => ({ type: 'time', text: timestamp }))
    default:
      return null
  }
}

function wrap<Value>(value: Value | null, create: (value: Value) => Scalar): Scalar | null {
  return value === null ? null : create(value)
}
