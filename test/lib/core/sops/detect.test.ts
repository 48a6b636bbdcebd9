import { describe, expect, it } from 'vitest'
import { detectFormat, formatOfName } from '../../../../lib/core/sops/detect.ts'
import { readSopsVectors } from '../../../fixtures/sops/vectors.ts'

describe('formatOfName', () => {
  it.each([
    ['a.yaml', 'yaml'],
    ['a/b.yml', 'yaml'],
    ['a.enc.json', 'json'],
    ['.env', 'dotenv'],
    ['a.ini', 'ini'],
    ['a.YAML', 'binary'],
    ['.env.prod', 'binary'],
    ['a.d/env', 'binary'],
    ['', 'binary'],
  ])('takes %s for %s', (path, format) => {
    expect(formatOfName(path)).toBe(format)
  })
})

const sealed = (json: string) => `${json.slice(0, -1)}"sops":{"lastmodified":"x","mac":"ENC[y]"}}`

describe('detectFormat', () => {
  it.each(readSopsVectors())('knows $name under any name', ({ format, encrypted }) => {
    expect(detectFormat('secret.enc', encrypted)).toBe(format)
  })

  it.each([
    ['a.yaml', sealed('{}'), 'yaml'],
    ['a.json', sealed('{"data":{},}'), 'json'],
    ['.dockerconfigjson', sealed('{"data":"ENC[x]",}'), 'binary'],
    ['a.json', sealed('{ "data" : "" ,}'), 'binary'],
    ['x', sealed('{"a":"ENC[x]",}'), 'json'],
    ['x', 'a = 1\n\n [sops]\nmac = ENC[x]\n', 'ini'],
    ['x', 'A=1\nsops_mac=ENC[x]', 'dotenv'],
    ['x', 'a: 1\n"sops":\n  "mac": ENC[x]\n', 'yaml'],
    ['x', 'a: 1\nsops: {}\n', null],
    ['x', 'note: |\n  sops:\n    mac: ENC[x]\n', null],
    ['a.json', '{"sops": "x"}', null],
    ['a.env', 'sops_user=1', null],
    ['a.ini', '[sops]\nuser=1', null],
    ['a.yaml', '', null],
  ])('looks into %s: %j', (path, text, format) => {
    expect(detectFormat(path, Buffer.from(text))).toBe(format)
  })

  it('knows YAML whose metadata were made flow', () => {
    const yaml = 'a: ENC[x]\nsops: {age: [], lastmodified: "x",\n  mac: y}\n'
    expect(detectFormat('x', Buffer.from(yaml))).toBe('yaml')
  })

  it.each(['\n', ' ', '\t', ', ', '{', '[sops]', 'sops:', 'a'])(
    'takes linear time for many of %j',
    (piece) => {
      expect(detectFormat('x', Buffer.from(piece.repeat(1_000_000)))).toBeNull()
    },
  )
})
