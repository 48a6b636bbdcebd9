import { describe, expect, it } from 'vitest'
import { parseEncryptedValue } from '../../../../lib/core/sops/encrypted-value.ts'

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
