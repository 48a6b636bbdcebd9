import { describe, expect, it } from 'vitest'
import { scanTokens } from '../../../../../lib/core/kustomize/yaml/scan-tokens.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

describe('scanTokens', () => {
  it('gives all tokens from start to end, and no comments', () => {
    const tokens = scanTokens('# h\na: "b" # c\n---\n', source)
    expect(tokens.map(({ type, value }) => value || type).join(' ')).toBe(
      'stream-start block-mapping-start key a value b block-end document-start stream-end',
    )
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
      data: { file: 'f', line },
    })
  })

  it.each([
    ['a: |+\n  x\n\n# c\n', 'v2'],
    ['a: |+\n  x\n\n', 'v3'],
    ['a: |\n  x\n\n# c\n', 'v3'],
    ['a: |+\n  x\n\n# c\nb: 1\n', 'v3'],
    ['a: "x\\n\\n"\n# c\n', 'v3'],
  ] as const)('takes %j in dialect %s, where no kept blank line can grow', (text, dialect) => {
    expect(codeOf(() => scanTokens(text, { ...source, dialect }))).toBeNull()
  })

  it('refuses more tokens than a Secret can have', () => {
    expect(codeOf(() => scanTokens(`[${'a,'.repeat(250_001)}]`, source))).toBe('KustomizeTooLarge')
  })
})
