import { createSign, type KeyLike } from 'node:crypto'

/**
 * A JSON Web Token signed with RSA and SHA-256.
 * @param privateKey a key, or PEM of PKCS#1 or PKCS#8
 * @throws what `node:crypto` says of a key that it cannot read; its text may quote the key
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export function signJwt(claims: Readonly<Record<string, string | number>>, privateKey: KeyLike): string {
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
