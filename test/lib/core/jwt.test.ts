import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { signJwt } from '../../../lib/core/jwt.ts'

const readKey = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/keys', name), 'utf8')

describe('signJwt', () => {
  it.each(['rsa-pkcs1.pem', 'rsa-pkcs8.pem'])('signs what the public key of %s verifies', (name) => {
    const key = readKey(name)
    const claims = { iss: '1234', iat: 1_700_000_000 }
    const [header = '', payload = '', signature = ''] = signJwt(claims, key).split('.')
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual(claims)
    const signed = Buffer.from(`${header}.${payload}`)
    expect(verify('RSA-SHA256', signed, createPublicKey(key), Buffer.from(signature, 'base64url'))).toBe(true)
  })
})
