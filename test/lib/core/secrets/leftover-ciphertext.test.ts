import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasLeftoverCiphertext } from '../../../../lib/core/secrets/leftover-ciphertext.ts'

const vectors = join(import.meta.dirname, '../../../fixtures/sops/vectors')
const encrypted = ['app.enc.env', 'app.enc.ini', 'blob.enc.bin', 'k8s-secret.enc.yaml', 'shamir.enc.json']
const plain = [
  'app.plain.env',
  'app.plain.ini',
  'blob.plain.bin',
  'k8s-secret.plain.yaml',
  'shamir.plain.json',
]
const ciphertext = 'ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=,type:str]'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const metadata = 'lastmodified: "2026-01-31T08:00:00Z"'

describe('hasLeftoverCiphertext', () => {
  it.each(encrypted)('finds what sops wrote in %s', (name) => {
    expect(hasLeftoverCiphertext(readFileSync(join(vectors, name)))).toBe(true)
  })

  it.each(plain)('finds nothing in %s', (name) => {
    expect(hasLeftoverCiphertext(readFileSync(join(vectors, name)))).toBe(false)
  })

  it.each([
    ['a value', ciphertext],
    ['a value within text', `postgres://u:${ciphertext}@db`],
    ['a value in base64', base64(ciphertext)],
    ['a value in base64 within text', `{"auths":{"r":{"auth":"${base64(`user:${ciphertext}`)}"}}}`],
    ['a value in base64 twice', base64(base64(ciphertext))],
    ['a value in base64 of many lines', base64(`0123456789${ciphertext}`).replace(/(.{7})/g, '$1\n')],
    ['metadata in YAML', `data: {}\nsops:\n  ${metadata}\n`],
    ['metadata in JSON', `{"data":"x","sops" : {"lastmodified":"x"}}`],
    ['metadata in INI', `[a]\nb = c\n[sops]\nlastmodified = x\n`],
    ['metadata in dotenv', 'A=b\nsops_lastmodified=x\n'],
    ['metadata in base64', base64(`sops:\n  ${metadata}\n`)],
  ])('finds %s', (_, text) => {
    expect(hasLeftoverCiphertext(Buffer.from(text))).toBe(true)
  })

  it.each([
    '',
    'ENC[',
    'AES256_GCM',
    'sops',
    'sops: true',
    `{"sops":{}}`,
    'creation_rules:\n  - age: age1x',
    '====',
  ])('does not mind %j', (text) => {
    expect(hasLeftoverCiphertext(Buffer.from(text))).toBe(false)
  })

  it('finds a value behind any bytes, in base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, after) => {
        const bytes = Buffer.concat([before, Buffer.from(ciphertext), after])
        expect(hasLeftoverCiphertext(Buffer.from(`"${bytes.toString('base64')}"`))).toBe(true)
      }),
    )
  })

  it('finds nothing in random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(hasLeftoverCiphertext(bytes)).toBe(false)
        expect(hasLeftoverCiphertext(Buffer.from(Buffer.from(bytes).toString('base64')))).toBe(false)
      }),
    )
  })
})
