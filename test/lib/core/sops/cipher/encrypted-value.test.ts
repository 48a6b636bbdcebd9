import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEncryptedValue } from '../../../../../lib/core/sops/cipher/encrypted-value.ts'

describe('parseEncryptedValue', () => {
  it('splits a value', () => {
    expect(parseEncryptedValue('ENC[AES256_GCM,data:YQ==,iv:Yg==,tag:Yw==,type:str]')).toEqual({
      data: 'YQ==',
      iv: 'Yg==',
      tag: 'Yw==',
      type: 'str',
    })
  })

  it('ignores what follows the last bracket of the line', () => {
    expect(parseEncryptedValue('ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]\r\nmore')?.type).toBe('str')
    expect(parseEncryptedValue('ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]x]')?.type).toBe('str]x')
  })

  it('takes labels within a part for text of it', () => {
    expect(parseEncryptedValue('ENC[AES256_GCM,data:a,iv:b,tag:c,iv:d,tag:e,type:f,type:g]')).toEqual({
      data: 'a,iv:b,tag:c',
      iv: 'd',
      tag: 'e,type:f',
      type: 'g',
    })
    expect(parseEncryptedValue('ENC[AES256_GCM,data:a\r,iv:b,tag:c,type:d]')?.data).toBe('a\r')
  })

  it('agrees with the expression of sops', () => {
    const expression = /^ENC\[AES256_GCM,data:([^\n]+),iv:([^\n]+),tag:([^\n]+),type:([^\n]+)\]/
    const pieces = [',iv:', ',tag:', ',type:', ']', 'a', '\n', 'ENC[AES256_GCM,', 'data:']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = `ENC[AES256_GCM,data:${parts.join('')}`
        const match = expression.exec(text)
        const { data, iv, tag, type } = parseEncryptedValue(text) ?? {}
        expect([data, iv, tag, type]).toEqual(match ? match.slice(1) : Array(4).fill(undefined))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes linear time for many labels', () => {
    const text = `ENC[AES256_GCM,data:${',iv:,tag:,type:'.repeat(100_000)}`
    expect(parseEncryptedValue(text)).toBeNull()
  })

  it.each([
    '',
    'plain',
    ' ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]',
    'ENC[AES256_GCM,data:,iv:b,tag:c,type:str]',
    'ENC[AES256_GCM,data:a,iv:,tag:c,type:str]',
    'ENC[AES256_GCM,data:a,iv:b,tag:,type:str]',
    'ENC[AES256_GCM,data:a,iv:b,tag:c,type:]',
    'ENC[AES256_GCM,data:a\n,iv:b,tag:c,type:str]',
    'ENC[AES256_GCM,data:a,iv:b,tag:c,type:str',
  ])('finds none in %j', (text) => {
    expect(parseEncryptedValue(text)).toBeNull()
  })
})
