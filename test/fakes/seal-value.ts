import { createCipheriv, randomBytes } from 'node:crypto'

export interface SealOptions {
  readonly additionalData: string | Uint8Array
  readonly type?: string
  /** 32 unless told, as sops writes it. */
  readonly ivBytes?: number
}

/** Encrypts one value as sops does. Tests only: the product never encrypts. */
export function sealValue(
  key: Uint8Array,
  plain: string | Uint8Array,
  { additionalData, type = 'str', ivBytes = 32 }: SealOptions,
): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(additionalData))
  const data = Buffer.concat([cipher.update(plain), cipher.final()])
  const [d, i, t] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'))
  return `ENC[AES256_GCM,data:${d},iv:${i},tag:${t},type:${type}]`
}
