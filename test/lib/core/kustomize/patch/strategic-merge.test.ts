import { describe, expect, it } from 'vitest'
import { mergeObject } from '../../../../../lib/core/kustomize/patch/strategic-merge.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const merge = (target: string, patch: string, isOwn = true) => {
  const resource = createResource(`metadata: {name: s}\n${target}`)
  const { root } = createResource(`metadata: {name: s}\n${patch}`)
  const merged = mergeObject(resource.root, root, { file: 'p.yaml', isOwn })
  return merged === null ? null : printResource({ ...resource, root: merged })
}

describe('mergeObject', () => {
  it.each([
    ['data: {a: x, b: y}', 'data: {a: z, c: w}', { a: 'z', b: 'y', c: 'w' }],
    ['data: {a: x}', 'data: {a: null, b: null}', {}],
    ['data: {a: {b: {c: d}}}', 'data: {a: {b: {e: f}}}', { a: { b: { c: 'd', e: 'f' } } }],
    ['data: {a: x}', 'data: {$patch: replace, b: y}', { b: 'y' }],
    ['data: {a: x, b: y}', 'data: {$patch: merge}', { a: 'x', b: 'y' }],
    ['data: {a: {b: c}}', 'data: {a: {$patch: delete}}', {}],
    ['data: {a: [1, 2]}', 'data: {a: [3]}', { a: [3] }],
    ['data: {a: "1", b: one}', 'data: {a: 7, b: 7}', { a: '7', b: 7 }],
    ['data:\n  a: ~\n  b:\n', 'data: {c: d}', { a: null, c: 'd' }],
    ['data: {a: x}', 'data: {b: {c: null, d: e}}', { a: 'x', b: { d: 'e' } }],
  ])('merges %j with %j', (target, patch, data) => {
    expect(merge(target, patch)?.['data']).toEqual(data)
  })

  it('removes fields and the object itself', () => {
    expect(merge('data: {a: x}', 'data: null')).not.toHaveProperty('data')
    expect(merge('', '$patch: delete')).toBeNull()
  })

  it('unites finalizers only where it knows that they are', () => {
    const [target, patch] = [
      'metadata: {name: s, finalizers: [a, b]}',
      'metadata: {name: s, finalizers: [b, c]}',
    ]
    const finalizers = (isOwn: boolean) => {
      const resource = createResource(target)
      mergeObject(resource.root, createResource(patch).root, { file: 'p', isOwn })
      return printResource(resource)['metadata']
    }
    expect([finalizers(true), finalizers(false)]).toMatchObject([
      { finalizers: ['b', 'c', 'a'] },
      { finalizers: ['b', 'c'] },
    ])
  })

  it.each([
    ['data: {a: x}', 'data: {a: {b: c}}', 'KustomizePatchFailed'],
    ['data: {a: x}', 'data: [a]', 'KustomizePatchFailed'],
    ['data: {a: x}', 'data: {$patch: other}', 'KustomizePatchFailed'],
    ['', '$patch: replace', 'KustomizeFieldUnsupported'],
    ['', '$retainKeys: [a]', 'KustomizeFieldUnsupported'],
    ['', 'metadata: {name: s, $setElementOrder/finalizers: [a]}', 'KustomizeFieldUnsupported'],
    ['', 'metadata: {name: s, $deleteFromPrimitiveList/finalizers: [a]}', 'KustomizeFieldUnsupported'],
  ])('refuses %j with %j', (target, patch, code) => {
    const [own, other] = patch.startsWith('metadata')
      ? ['', patch]
      : [target, `metadata: {name: s}\n${patch}`]
    const resource = createResource(`metadata: {name: s}\n${own}`)
    expect(
      codeOf(() => mergeObject(resource.root, createResource(other).root, { file: 'p', isOwn: true })),
    ).toBe(code)
  })
})
