import { describe, expect, it } from 'vitest'
import { unlimited } from '../../../../../lib/core/kustomize/budget.ts'
import { refineSource, setValue } from '../../../../../lib/core/kustomize/replace/set-value.ts'
import { createMapping, createScalar, type Node, tags } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'

describe('refineSource', () => {
  const text = createScalar('a:b', { style: 'double', tainted: true })

  it('takes one piece and keeps the rest of the node', () => {
    expect(refineSource(text, { delimiter: ':', index: 1 }, 'f')).toEqual({ ...text, value: 'b' })
    expect(refineSource(text, { index: 9 }, 'f')).toBe(text)
  })

  it.each([2, -1])('refuses the index %d', (index) => {
    expect(codeOf(() => refineSource(text, { delimiter: ':', index }, 'f'))).toBe(
      'KustomizeReplacementFailed',
    )
  })

  it('refuses to cut what is no text', () => {
    expect(codeOf(() => refineSource(createMapping(), { delimiter: ':' }, 'f'))).toBe(
      'KustomizeReplacementFailed',
    )
  })
})

describe('setValue', () => {
  const set = (node: Node, value: Node, options = {}): Node => {
    const replaced: Node[] = []
    const replace = (next: Node) => void replaced.push(next)
    setValue({ node, replace }, value, { options, file: 'f', budget: unlimited })
    return replaced[0] ?? node
  }

  it('leaves tag and style of a text alone', () => {
    const node = createScalar('5', { tag: tags.int })
    expect(set(node, createScalar('007', { tag: tags.string, style: 'double' }))).toEqual({
      ...node,
      value: '007',
    })
  })

  it('empties a text for a value that is none', () => {
    expect(set(createScalar('x'), createMapping())).toMatchObject({ value: '' })
  })

  it('puts a copy in the place of a map or list', () => {
    const value = createMapping([{ key: createScalar('k'), value: createScalar('v') }])
    const replaced = set(createMapping(), value)
    expect(replaced).toEqual(value)
    expect(replaced).not.toBe(value)
  })

  it.each([
    [0, 'v/b'],
    [1, 'a/v'],
    [2, 'a/b/v'],
    [9, 'a/b/v'],
    [-1, 'v/a/b'],
  ])('puts a piece at %d', (index, value) => {
    expect(set(createScalar('a/b'), createScalar('v'), { delimiter: '/', index })).toMatchObject({ value })
  })

  it('refuses a delimiter for a map', () => {
    expect(codeOf(() => set(createMapping(), createScalar('v'), { delimiter: '/' }))).toBe(
      'KustomizeReplacementFailed',
    )
  })

  it.each([
    [true, false, {}, true],
    [false, true, {}, false],
    [false, true, { delimiter: '/' }, true],
    [true, false, { delimiter: '/' }, true],
  ])('carries taint (value %s, target %s, %j)', (value, target, options, tainted) => {
    const node = createScalar('a/b', { tainted: target })
    expect(set(node, createScalar('v', { tainted: value }), options)).toMatchObject({ tainted })
  })
})
