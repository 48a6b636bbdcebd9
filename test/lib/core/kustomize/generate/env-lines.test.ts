import { describe, expect, it } from 'vitest'
import { parseEnvLines } from '../../../../../lib/core/kustomize/generate/env-lines.ts'
import { catchError } from '../../../../fakes/errors.ts'

const parse = (content: string | Uint8Array, encrypted = false) =>
  parseEnvLines({
    path: 'a.env',
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    encrypted,
  }).map(({ key, value }) => [key, new TextDecoder('utf-8', { ignoreBOM: true }).decode(value)])

describe('parseEnvLines', () => {
  it.each([
    [
      'A=1\r\nB=2',
      [
        ['A', '1'],
        ['B', '2'],
      ],
    ],
    ['B =x', [['B ', 'x']]],
    ['export H="1" # c', [['export H', '"1" # c']]],
    [
      '\u0085\u00a0 A=1\n\ufeffB=2',
      [
        ['A', '1'],
        ['\ufeffB', '2'],
      ],
    ],
    ['\ufeffA=\ufeff', [['A', '\ufeff']]],
    ['# c\n\n  # d\nNOEQ\n=x\n', [['NOEQ', '']]],
    ['A=$HOME\\n', [['A', '$HOME\\n']]],
  ])('reads %j', (text, pairs) => {
    expect(parse(text)).toEqual(pairs)
  })

  it.each([
    [`A=1\nB=${'x'.repeat(70_000)}`, 2],
    [Uint8Array.of(0x41, 0x3d, 0xff), 1],
  ])('refuses a line with its number', (content, line) => {
    expect(catchError(() => parse(content))).toMatchObject({
      code: 'KustomizationInvalid',
      data: { file: 'a.env', line },
    })
  })

  it('refuses an encrypted file that holds no pairs, and prints none of it', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n'
    const error = catchError(() => parse(pem, true))
    expect(error?.code).toBe('KustomizationInvalid')
    expect(JSON.stringify(error)).not.toMatch(/PRIVATE|MIIE/)
  })
})
