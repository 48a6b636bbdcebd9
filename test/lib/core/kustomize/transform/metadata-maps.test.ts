import { expect, it } from 'vitest'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import {
  annotationFieldSpecs,
  assertPublicAnnotations,
  labelFieldSpecs,
  listLabelFieldSpecs,
  setTexts,
} from '../../../../../lib/core/kustomize/transform/metadata-maps.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const place = { file: 'k', field: 'labels[0]' }

it('sets labels and annotations', () => {
  const resource = createResource()
  const set = createResourceSet([resource])
  setTexts(set, { texts: new Map([['a', '1']]), fieldSpecs: labelFieldSpecs })
  setTexts(set, { texts: new Map([['b', 'yes']]), fieldSpecs: annotationFieldSpecs })
  expect(printResource(resource)['metadata']).toEqual({
    name: 's',
    labels: { a: '1' },
    annotations: { b: 'yes' },
  })
})

it('adds the default place unless an entry has its path', () => {
  expect(listLabelFieldSpecs({ fields: [{ path: 'data' }] }, place)).toHaveLength(2)
  expect(
    listLabelFieldSpecs({ fields: [{ path: 'metadata/labels', kind: 'Pod', create: true }] }, place),
  ).toHaveLength(1)
  expect(codeOf(() => listLabelFieldSpecs({ fields: [{ path: 'metadata/labels' }] }, place))).toBe(
    'KustomizationInvalid',
  )
})

it('refuses annotations that steer kustomize', () => {
  const texts = new Map([['internal.config.kubernetes.io/needsHashSuffix', 'enabled']])
  expect(codeOf(() => assertPublicAnnotations(texts, place))).toBe('KustomizationInvalid')
})
