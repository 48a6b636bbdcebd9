import { describe, expect, it } from 'vitest'
import { composeDocument } from '../../../../../lib/core/kustomize/yaml/compose.ts'
import type { YamlSource } from '../../../../../lib/core/kustomize/yaml/source.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'

const source: YamlSource = { file: 'f.yaml', code: 'ManifestInvalid', dialect: 'v3', encrypted: false }

describe('composeDocument', () => {
  it('keeps text, tag and style of every scalar', () => {
    expect(composeDocument('a: "1"\nb: {c: 014}\n', source)).toMatchObject({
      kind: 'mapping',
      flow: false,
      entries: [
        { key: { value: 'a' }, value: { value: '1', tag: '!!str', style: 'double' } },
        { value: { kind: 'mapping', flow: true, entries: [{ value: { value: '014', tag: '!!int' } }] } },
      ],
    })
  })

  it('is null for a text without content', () => {
    expect(composeDocument('# nothing\n', source)).toBeNull()
    expect(composeDocument('---\n', source)).toBeNull()
  })

  it.each([
    'a: 1\n...\nb: 2\n',
    '%YAML 1.1\n---\na: 1\n',
    '[a]: b\n',
    '"<<": {a: b}\n',
    'a: !!int 5\n',
    'a: !!set {b}\n',
    'a: !!in%74 5\n',
    'a: *x\n',
    'a: [b\n',
    'a: 1\n b: 2\n',
    '...\n',
    '# c\n...\n',
  ])('refuses %j with the line', (text) => {
    const error = catchError(() => composeDocument(text, source))
    expect(error?.code).toBe('ManifestInvalid')
    expect(error?.data).toMatchObject({ file: 'f.yaml' })
  })

  it.each([
    ['!own x', '!own'],
    ['!<tag:yaml.org,2002:str> x', '!!str'],
    ['!%66oo x', '!foo'],
    ['!!s%74r x', '!!str'],
  ])('keeps the tag of %j in its short form', (text, tag) => {
    expect(composeDocument(text, source)).toMatchObject({ tag, value: 'x', tagged: true })
  })

  it('refuses the handle of a tag that no directive defines', () => {
    expect(catchError(() => composeDocument('a: 1\nb: !e!x 2\n', source))?.data).toMatchObject({ line: 2 })
  })

  it('refuses what is nested too deeply', () => {
    expect(codeOf(() => composeDocument(`a: ${'['.repeat(5_000)}`, source))).toBe('ManifestInvalid')
  })
})
