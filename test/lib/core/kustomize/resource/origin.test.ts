import { expect, it } from 'vitest'
import { joinOrigin } from '../../../../../lib/core/kustomize/resource/origin.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { printOne } from '../../../../fakes/overlay.ts'

it.each([
  ['', 's.yaml', 's.yaml'],
  ['', './a//b/../s.yaml', 'a/s.yaml'],
  ['../base', '../x/s.yaml', '../x/s.yaml'],
  ['..', '../s.yaml', '../../s.yaml'],
])('joins %j and %j', (base, path, joined) => {
  expect(joinOrigin(base, path)).toBe(joined)
})

it('refuses a path that YAML would quote', () => {
  const files = {
    'kustomization.yaml': 'buildMetadata: [originAnnotations]\nresources: ["#s.yaml"]',
    '#s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}',
  }
  expect(codeOf(() => printOne(files))).toBe('KustomizeFieldUnsupported')
})

it('refuses annotations of transformers that it has not written itself', () => {
  const annotations = '{alpha.config.kubernetes.io/transformations: "- path: x"}'
  const files = {
    'kustomization.yaml': 'buildMetadata: [transformerAnnotations]\nnamePrefix: p-\nresources: [s.yaml]',
    's.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: ${annotations}}`,
  }
  expect(catchError(() => printOne(files))).toMatchObject({
    code: 'KustomizeFieldUnsupported',
    data: { file: 's.yaml', field: 'buildMetadata' },
  })
})
