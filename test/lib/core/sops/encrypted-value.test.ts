import { describe, expect, it } from 'vitest'
import { decodeBase64, parseEncryptedValue } from '../../../../lib/core/sops/encrypted-value.ts'

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

describe('decodeBase64', () => {
  it('takes standard base64 with padding, broken into lines or not', () => {
    expect(decodeBase64('aGk=')).toEqual(Buffer.from('hi'))
    expect(decodeBase64('aG\r\nk=')).toEqual(Buffer.from('hi'))
  })

  it.each(['aGk', 'aG k=', 'aGk=!', 'a-_=', '====', 'aGk=aGk='])(
    'refuses %j, which Node would decode',
    (text) => {
      expect(decodeBase64(text)).toBeNull()
    },
  )
})
