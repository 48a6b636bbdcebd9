import { expect, it } from 'vitest'
import {
  copyDocument,
  createDocument,
  createDocumentFromJson,
  createDocumentMap,
  formatTree,
  isPrimitive,
  isSameDocument,
  parseDocument,
} from '../../../../../lib/core/kustomize/patch/json-document.ts'
import { createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { createResource } from '../../../../fakes/resource.ts'

const place = { file: 'f', path: [], inFlow: false }

it('keeps the text and the taint of primitives', () => {
  const document = createDocumentMap(
    createResource('metadata: {name: s}\ndata: {a: <, n: 1, l: [~]}', true).root,
    place,
  )
  expect(document.get('data')).toEqual(
    new Map<string, unknown>([
      ['a', { raw: String.raw`"\u003c"`, tainted: true }],
      ['n', { raw: '1', tainted: true }],
      ['l', [null]],
    ]),
  )
  expect(createDocument(createScalar('x', { tag: '!!str' }), place)).toEqual({ raw: '"x"', tainted: false })
})

it('compares primitives by their text', () => {
  const parsed = parseDocument('{"a": ["<", 1.0]}', false)
  expect(isSameDocument(parsed ?? null, createDocumentFromJson(new Map([['a', ['<', 1n]]]), false))).toBe(
    false,
  )
  expect(isSameDocument(parsed ?? null, parseDocument('{ "a": [ "<", 1.0 ] }', true) ?? null)).toBe(true)
  expect(isSameDocument(null, [])).toBe(false)
  expect(parseDocument('[1', false)).toBeUndefined()
})

it('copies deeply and tells primitives', () => {
  const document = createDocumentFromJson(new Map([['a', ['x']]]), true)
  const copy = copyDocument(document)
  expect(copy).toEqual(document)
  expect(copy).not.toBe(document)
  expect([isPrimitive(copy), isPrimitive(null), isPrimitive({ raw: '1', tainted: false })]).toEqual([
    false,
    false,
    true,
  ])
})

it('makes every number a float and chooses quotes anew', () => {
  const tree = formatTree(parseDocument('{"b": 1000000, "a": "yes", "c": null}', true) ?? null)
  expect(tree).toMatchObject({
    entries: [
      { key: { value: 'a' }, value: { style: 'double', tainted: true } },
      { value: { value: '1e+06', tag: '!!float' } },
      { value: { tag: '!!null' } },
    ],
  })
})
