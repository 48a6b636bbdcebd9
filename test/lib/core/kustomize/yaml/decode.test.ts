import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isSyncError } from '../../../../../lib/core/errors.ts'
import { splitDocuments } from '../../../../../lib/core/kustomize/resource/split-documents.ts'
import { composeDocument } from '../../../../../lib/core/kustomize/yaml/compose.ts'
import { decodeNode, decodeObject } from '../../../../../lib/core/kustomize/yaml/decode.ts'
import { decodeBytes } from '../../../../../lib/core/kustomize/yaml/decode-bytes.ts'
import { decodeLegacy } from '../../../../../lib/core/kustomize/yaml/decode-legacy.ts'
import { formatGoJson } from '../../../../../lib/core/kustomize/yaml/json.ts'
import { createMapping, createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import type { YamlSource } from '../../../../../lib/core/kustomize/yaml/source.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const path = join(import.meta.dirname, '..', '..', '..', '..', 'fixtures', 'kustomize', 'yaml.json')
const vectors: { v3: [string, unknown][]; v2: [string, unknown][] } = JSON.parse(readFileSync(path, 'utf8'))
const source = (dialect: YamlSource['dialect']): YamlSource => ({
  file: 'f',
  code: 'ManifestInvalid',
  dialect,
  encrypted: false,
})

/** What is refused although kustomize reads it: it drops something silently, or it is never written on purpose. */
const refused =
  /duplicate key|explicit tag|quoted merge key|text after the first document|float as a key|comment after/

function readAll(text: string, dialect: 'v2' | 'v3'): unknown {
  try {
    const plain = decodeBytes(new TextEncoder().encode(text), source(dialect))
    if (dialect === 'v2') {
      const node = composeDocument(plain, source('v2'))
      return JSON.parse(formatGoJson(node === null ? null : decodeLegacy(node, source('v2'))))
    }
    return splitDocuments(plain, source('v3')).flatMap((piece) => {
      const node = composeDocument(piece, source('v3'))
      return node?.kind === 'mapping' ? [JSON.parse(formatGoJson(decodeObject(node, 'f')))] : []
    })
  } catch (error) {
    if (!isSyncError(error)) throw error
    return refused.test(String(error.data['reason'])) ? 'refused' : null
  }
}

describe('texts that kustomize has read', () => {
  it.each(vectors.v3)('agrees with go-yaml v3 about %j', (text, expected) => {
    const read = readAll(text, 'v3')
    if (read !== 'refused') expect(read).toEqual(expected)
  })

  it.each(vectors.v2)('agrees with go-yaml v2 about %j', (text, expected) => {
    const read = readAll(text, 'v2')
    if (read !== 'refused') expect(read).toEqual(expected)
  })
})

const place = { file: 'f', path: ['a'], inFlow: false }

describe('a tree that was edited', () => {
  it.each([
    [{ value: '7', tag: '!!int', style: 'double' }, '7'],
    [{ value: '7', tag: '' }, 7n],
    [{ value: '7', tag: '!!str' }, '7'],
    [{ value: '3', tag: '!!float' }, 3],
    [{ value: '', tag: '!!null' }, null],
    [{ value: 'a\nb', tag: '' }, 'a\nb'],
  ] as const)('reads %j as it would be written', ({ value, ...rest }, expected) => {
    expect(decodeNode(createScalar(value, rest), place)).toBe(expected)
  })

  it.each([
    [{ value: 'text', tag: '!!int' }],
    [{ value: 'text', tag: '!!null' }],
    [{ value: '.nan', tag: '!!float' }],
    [{ value: '\tx\ny', tag: '!!str', style: 'literal' }],
  ] as const)('refuses %j, which cannot be written', ({ value, ...rest }) => {
    expect(codeOf(() => decodeNode(createScalar(value, rest), place))).toBe('ManifestInvalid')
  })

  it('writes what is empty in flow style as an empty text', () => {
    expect(decodeNode(createScalar('', { tag: '!!null' }), { ...place, inFlow: true })).toBe('')
  })

  it('refuses a key that lost its quotes', () => {
    const map = createMapping([{ key: createScalar('1'), value: createScalar('x') }])
    expect(codeOf(() => decodeNode(map, place))).toBe('ManifestInvalid')
  })
})
