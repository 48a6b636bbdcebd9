import { describe, expect, it } from 'vitest'
import { parseKustomization } from '../../../../../lib/core/kustomize/kustomization/kustomization.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const parse = (text: string) =>
  parseKustomization({ file: 'kustomization.yaml', bytes: new TextEncoder().encode(text), encrypted: false })

describe('parseKustomization', () => {
  it('moves deprecated fields', () => {
    const text =
      'resources: [a]\nbases: [b]\nimageTags: [{name: x}]\nsecretGenerator: [{name: s, envs: [a], env: b}]'
    expect(parse(text)).toMatchObject({
      resources: ['a', 'b'],
      images: [{ name: 'x' }],
      secretGenerator: [{ name: 's', envs: ['a', 'b'] }],
      kind: 'Kustomization',
    })
  })

  it.each([
    '',
    'kind: Kustomization',
    'resources:',
    'namePrefix: ""',
    'bases: []',
    'kind: Other\nresources: []',
    'apiVersion: v1\nresources: []',
    'kind: Component\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: []',
    'resources: []\nresources: []',
    'resources: []\n---\nresources: []',
    'x-anchors: []',
    'namePrefix: yes',
    'generatorOptions: {disableNameSuffixHash: "true"}',
    'resources: [a',
    '- a',
  ])('refuses %j', (text) => {
    expect(codeOf(() => parse(text))).toBe('KustomizationInvalid')
  })

  it.each(['resources: []', 'metadata: {name: x}', 'kind: Component\nnamePrefix: a'])(
    'accepts %j',
    (text) => {
      expect(codeOf(() => parse(text))).toBeNull()
    },
  )
})
