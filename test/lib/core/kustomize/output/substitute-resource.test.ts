// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is looked for
import { describe, expect, it } from 'vitest'
import type { Variables } from '../../../../../lib/core/flux/substitute.ts'
import { createBudget, unlimited } from '../../../../../lib/core/kustomize/budget.ts'
import {
  isSubstituted,
  substituteName,
  substituteResource,
} from '../../../../../lib/core/kustomize/output/substitute-resource.ts'
import { isTainted } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { getField } from '../../../../../lib/core/kustomize/yaml/fields.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const create = (values: Readonly<Record<string, string>>, tainted = false): Variables => ({
  values: new Map(Object.entries(values).map(([name, value]) => [name, { value, tainted }])),
  strict: false,
})
const substitute = (text: string, values: Readonly<Record<string, string>>) => {
  const resource = createResource(`metadata: {name: s}\nstringData: {k: ${JSON.stringify(text)}}`)
  substituteResource(resource, create(values), unlimited)
  return printResource(resource)['stringData']
}

describe('substituteResource', () => {
  it.each([
    ['${A}', { A: 'x' }, 'x'],
    ['${A}', { A: '8080' }, 8080],
    ['${A}', { A: 'yes' }, true],
    ['"${A}"', { A: '8080' }, '"8080"'],
    ['a: ${A}', { A: '1' }, 'a: 1'],
    ['${A}', { A: '{b: c}' }, { b: 'c' }],
    ['l\n${A}\n', { A: '1' }, 'l\n1\n'],
    ['$$ $a', {}, '$ $a'],
  ])('makes of %j with %j what Flux makes', (text, values, expected) => {
    expect(substitute(text, values)).toEqual({ k: expected })
  })

  it.each([
    ['${A', {}, 'SubstitutionFailed'],
    ['${A}', { A: 'a: b' }, 'ManifestInvalid'],
    ['a: ${A}', { A: "it's" }, 'ManifestInvalid'],
  ])('refuses %j with %j', (text, values, code) => {
    expect(codeOf(() => substitute(text, values))).toBe(code)
  })

  it('reaches keys and items', () => {
    const resource = createResource("metadata: {name: s}\ndata: {'${A}': x}\nl: ['${A}', {'k': '${A}'}]")
    substituteResource(resource, create({ A: '7' }), unlimited)
    expect(printResource(resource)).toMatchObject({ data: { '7': 'x' }, l: [7, { k: 7 }] })
  })

  it('carries taint into what it replaces', () => {
    const resource = createResource("metadata: {name: s, labels: {l: '${A}'}}\ndata: {k: v, '${A}': x}")
    substituteResource(resource, create({ A: 'hunter2' }, true), unlimited)
    expect(isTainted(getField(resource.root, 'metadata'))).toBe(true)
    expect(isTainted(getField(resource.root, 'data'))).toBe(true)
  })

  it('ends where variables multiply', () => {
    const resource = createResource("metadata: {name: s}\nstringData: {k: '${A}'}")
    const variables = create({ A: 'x'.repeat(1_000) })
    expect(codeOf(() => substituteResource(resource, variables, createBudget(500)))).toBe('KustomizeTooLarge')
  })

  it('never quotes a value', () => {
    const error = catchError(() => substitute('${A}', { A: 'hunter2: [' }))
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })
})

it.each([
  ['labels: {kustomize.toolkit.fluxcd.io/substitute: disabled}', false],
  ['annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}', false],
  ['annotations: {kustomize.toolkit.fluxcd.io/substitute: Disabled}', true],
  ['labels: {}', true],
])('with %s looks for expressions: %s', (metadata, expected) => {
  expect(isSubstituted(createResource(`metadata:\n  name: s\n  ${metadata}\n`))).toBe(expected)
})

it('names an object by a text alone', () => {
  expect(substituteName('${A}-s', create({ A: 'x' }), 'f')).toBe('x-s')
  expect(codeOf(() => substituteName('${A}', create({ A: '7' }), 'f'))).toBe('SubstitutionFailed')
})
