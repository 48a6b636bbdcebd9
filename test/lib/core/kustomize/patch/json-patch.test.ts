import { describe, expect, it } from 'vitest'
import { createBudget } from '../../../../../lib/core/kustomize/budget.ts'
import { createDocumentFromJson, formatTree } from '../../../../../lib/core/kustomize/patch/json-document.ts'
import { applyOperations, parseJsonPatch } from '../../../../../lib/core/kustomize/patch/json-patch.ts'
import { decodeNode } from '../../../../../lib/core/kustomize/yaml/decode.ts'
import { formatGoJson, type Json } from '../../../../../lib/core/kustomize/yaml/json.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'p', code: 'KustomizePatchFailed', dialect: 'v3', encrypted: false } as const

function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, part]) => [key, toJson(part)]))
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

function apply(document: unknown, patch: string): unknown {
  const root = createDocumentFromJson(toJson(document), false)
  if (!(root instanceof Map)) throw new Error('no object')
  const tree = formatTree(
    applyOperations(root, parseJsonPatch(patch, source), createBudget(Number.POSITIVE_INFINITY)),
  )
  return JSON.parse(formatGoJson(decodeNode(tree, { file: 'f', path: [], inFlow: false })))
}

describe('applyOperations', () => {
  it.each([
    [{ a: 1 }, '[{"op":"add","path":"/b","value":{"c":[1]}}]', { a: 1, b: { c: [1] } }],
    [{ a: 1 }, '[{"op":"add","path":"/b"}]', { a: 1, b: null }],
    [{ a: [1, 3] }, '[{"op":"add","path":"/a/1","value":2}]', { a: [1, 2, 3] }],
    [{ a: [1] }, '[{"op":"add","path":"/a/-","value":2}]', { a: [1, 2] }],
    [{ a: [1] }, '[{"op":"add","path":"/a/-1","value":2}]', { a: [1, 2] }],
    [{ a: [1, 2] }, '[{"op":"remove","path":"/a/-1"}]', { a: [1] }],
    [{ a: 1 }, '[{"op":"replace","path":"/b","value":2}]', { a: 1, b: 2 }],
    [{ a: 1 }, '[{"op":"replace","path":"","value":{"b":2}}]', { b: 2 }],
    [{ 'a/b': 1, 'c~d': 2 }, '[{"op":"move","from":"/a~1b","path":"/c~0d"}]', { 'c~d': 1 }],
    [{ a: 1 }, '[{"op":"copy","from":"/gone","path":"/b"}]', { a: 1, b: null }],
    [{ a: { b: [1] } }, '[{"op":"test","path":"/a","value":{"b":[1]}}]', { a: { b: [1] } }],
    [{ a: 1 }, '[{"op":"test","path":"/gone","value":null}]', { a: 1 }],
    [{ a: 1 }, '- {op: add, path: /b, value: yes}', { a: 1, b: true }],
    [{ a: 1e19 }, '[]', { a: 1e19 }],
    [{ a: 1 }, '[{"op":"add","path":"/b","value":"\\ud800"}]', { a: 1, b: '\ufffd' }],
  ])('turns %j by %s into %j', (document, patch, expected) => {
    expect(apply(document, patch)).toEqual(expected)
  })

  it.each([
    '[{"op":"remove","path":"/gone"}]',
    '[{"op":"add","path":"/gone/x","value":1}]',
    '[{"op":"add","path":"/a/x","value":1}]',
    '[{"op":"add","path":"/l/5","value":1}]',
    '[{"op":"replace","path":"/l/5","value":1}]',
    '[{"op":"test","path":"/a","value":2}]',
    '[{"op":"test","path":"/a","value":1.0}]',
    '[{"op":"replace","path":"","value":[]}]',
    '[{"op":"add","path":"","value":{}}]',
    '[{"op":"move","path":"/b"}]',
    '[{"op":"constructor","path":"/b"}]',
    '[null]',
  ])('refuses %s', (patch) => {
    expect(catchError(() => apply({ a: 1, l: [1] }, patch))).toMatchObject({
      code: 'KustomizePatchFailed',
      data: { file: 'p' },
    })
  })
})

it.each(['{"op": "add"}', '[1]', '[{op: add}]', 'op: add'])('refuses to read %j', (text) => {
  expect(codeOf(() => parseJsonPatch(text, source))).toBe('KustomizePatchFailed')
})
