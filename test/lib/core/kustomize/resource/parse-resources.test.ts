import { describe, expect, it } from 'vitest'
import {
  parseResources,
  parseResourceText,
} from '../../../../../lib/core/kustomize/resource/parse-resources.ts'
import { getName } from '../../../../../lib/core/kustomize/resource/resource.ts'
import { isTainted } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { getField } from '../../../../../lib/core/kustomize/yaml/fields.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, manifestSource, printResource } from '../../../../fakes/resource.ts'

const named = (name: string) => `{apiVersion: v1, kind: Secret, metadata: {name: ${name}}}`

describe('parseResources', () => {
  it('drops what is empty and expands lists', () => {
    const text = `${named('a')}\n---\n# nothing\n---\n{kind: SecretList, items: [${named('b')}, null]}\n---\n{}\n`
    expect(parseResources(new TextEncoder().encode(text), manifestSource).map(getName)).toEqual(['a', 'b'])
  })

  it('keeps an object whose kind ends in List but has no items', () => {
    expect(
      parseResourceText('{apiVersion: x/v1, kind: AllowList, metadata: {name: a}}', manifestSource),
    ).toHaveLength(1)
  })

  it.each([
    ['a text', 'x'],
    ['a list', '[a]'],
    ['no kind', '{metadata: {name: a}}'],
    ['no name', '{kind: Secret, metadata: {generateName: a}}'],
    ['annotations that are no map', '{kind: Secret, metadata: {name: a, annotations: [x]}}'],
    ['items that are no list', '{kind: SecretList, items: {a: b}}'],
    [
      'an annotation of kustomize',
      '{kind: Secret, metadata: {name: a, annotations: {internal.config.kubernetes.io/x: y}}}',
    ],
  ])('refuses %s', (_, text) => {
    expect(codeOf(() => parseResourceText(text, manifestSource))).toBe('ManifestInvalid')
  })

  it('taints the values of an encrypted file, not its public fields', () => {
    const { root } = createResource('metadata: {name: s}\nstringData: {a: b}', true)
    expect([isTainted(getField(root, 'stringData')), isTainted(getField(root, 'metadata'))]).toEqual([
      true,
      false,
    ])
  })

  it('gives the items of a lone List as they are written', () => {
    const [item] = parseResourceText(
      'kind: List\nitems:\n- {kind: X, metadata: {name: a}, d: 2001-1-2T3:4:5Z}',
      manifestSource,
    )
    expect(item && printResource(item)).toMatchObject({ d: '2001-1-2T3:4:5Z' })
  })
})
