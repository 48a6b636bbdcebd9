import { describe, expect, it } from 'vitest'
import { scanTokens } from '../../../../../lib/core/kustomize/yaml/scan-tokens.ts'
import { catchError } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const
const kinds = (text: string) =>
  scanTokens(text, source)
    .slice(0, -1)
    .map(({ kind, value }) => value || kind)
    .join(' ')

describe('scanTokens', () => {
  it.each([
    ['a: b', 'block-mapping-start key a value b block-end'],
    [
      '- a\n- - b',
      'block-sequence-start block-entry a block-entry block-sequence-start block-entry b block-end block-end',
    ],
    ['a:\n- b\nc: d', 'block-mapping-start key a value block-entry b key c value d block-end'],
    ['{a: b, c}', 'flow-mapping-start key a value b flow-entry c flow-mapping-end'],
    ['? a\n: b', 'block-mapping-start key a value b block-end'],
    ['---\na\n...', 'document-start a document-end'],
    ['a:b', 'a:b'],
    ['-a', '-a'],
    ['a # c', 'a'],
  ])('scans %j', (text, expected) => {
    expect(kinds(text)).toBe(expected)
  })

  it.each([
    ['a: b: c', 1],
    ['a\nb: c', 2],
    ['a: @x', 1],
    ['x: 1\n\ty: 2', 2],
    ['a: - b', 1],
    ['a: |+\n  x\n\n# c', 4],
  ])('refuses %j at its line', (text, line) => {
    expect(catchError(() => scanTokens(text, source))).toMatchObject({
      code: 'ManifestInvalid',
      data: { line },
    })
  })
})
