import { describe, expect, it } from 'vitest'
import { type Match, matchPath } from '../../../../../lib/core/kustomize/replace/match-path.ts'
import { createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const text =
  'metadata: {name: s}\nm: {a: x}\nl: [{k: one, v: 1}, {k: two, v: 2}]\nt: [p, pq]\nz: ~\nj: "{b: c}"\n'

/** The object once every place that matches holds `new`. */
function fill(path: readonly string[], match: Partial<Match> = {}): Record<string, unknown> {
  const resource = createResource(text)
  const slots = matchPath({ node: resource.root, replace: () => undefined }, path, { file: 'f', ...match })
  for (const slot of slots) slot.replace(createScalar('new'))
  const { apiVersion: _a, kind: _k, metadata: _m, ...rest } = printResource(resource)
  return rest
}

const former = {
  m: { a: 'x' },
  l: [
    { k: 'one', v: 1 },
    { k: 'two', v: 2 },
  ],
  t: ['p', 'pq'],
  z: null,
  j: '{b: c}',
}

describe('matchPath', () => {
  it.each([
    [['m', 'a'], { m: { a: 'new' } }],
    [
      ['l', '1', 'v'],
      {
        l: [
          { k: 'one', v: 1 },
          { k: 'two', v: 'new' },
        ],
      },
    ],
    [
      ['l', '*', 'v'],
      {
        l: [
          { k: 'one', v: 'new' },
          { k: 'two', v: 'new' },
        ],
      },
    ],
    [
      ['l', '[k=t.o]', 'v'],
      {
        l: [
          { k: 'one', v: 1 },
          { k: 'two', v: 'new' },
        ],
      },
    ],
    [['t', '[=^p$]', 'ignored'], { t: ['new', 'pq'] }],
    [['none', 'x'], {}],
    [['z', '*'], {}],
    [['j', 'b'], {}],
  ])('finds %j', (path, change) => {
    expect(fill(path)).toEqual({ ...former, ...change })
  })

  it.each([
    [['m', 'b', 'c'], { m: { a: 'x', b: { c: 'new' } } }],
    [['n', '0', 'c'], { n: [{ c: 'new' }] }],
    [['l', '2', 'v'], { l: [...former.l, { v: 'new' }] }],
    [['l', '[k=three]', 'v'], { l: [...former.l, { k: 'three', v: 'new' }] }],
    [['t', '[=r]'], { t: ['p', 'pq', 'new'] }],
    [['z', 'x'], {}],
  ])('makes %j where it may', (path, change) => {
    expect(fill(path, { create: 'scalar' })).toEqual({ ...former, ...change })
  })

  it.each([
    [['m', '*']],
    [['m', '0']],
    [['l', 'k']],
    [['l', '9']],
    [['m', '']],
    [['l', '[k]']],
    [['j', 'b', 'c', 'd']],
  ])('refuses %j', (path) => {
    expect(codeOf(() => fill(path))).toBe('KustomizeReplacementFailed')
  })

  it('refuses a pattern that RE2 does not know', () => {
    expect(codeOf(() => fill(['l', '[k=(]', 'v']))).toBe('PatternInvalid')
  })

  it('ends where an item that it makes does not match itself', () => {
    expect(fill(['t', '[=^a+$]'], { create: 'scalar' })).toMatchObject({ t: ['p', 'pq', '^a+$'] })
  })
})
