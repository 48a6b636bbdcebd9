import { expect, it } from 'vitest'
import { takeGeneratorOptions } from '../../../../../lib/core/kustomize/plugins/take-options.ts'
import { getMetadataMap } from '../../../../../lib/core/kustomize/resource/metadata.ts'
import { parseResourceText } from '../../../../../lib/core/kustomize/resource/parse-resources.ts'
import { catchError } from '../../../../fakes/errors.ts'

function take(annotations: string) {
  const [resource] = parseResourceText(
    `apiVersion: v1\nkind: Secret\nmetadata: {name: s, annotations: ${annotations}}`,
    { file: 's.yaml', code: 'ManifestInvalid', dialect: 'v3', encrypted: false },
  )
  if (resource === undefined) throw new Error('no resource')
  takeGeneratorOptions(resource)
  const texts = [...getMetadataMap(resource.root, 'annotations')].map(([name, { text }]) => [name, text])
  return Object.fromEntries(texts)
}

const [hash, behavior] = ['needsHashSuffix', 'generatorBehavior'].map(
  (name) => `internal.config.kubernetes.io/${name}`,
)

it.each([
  ['{}', { [`${behavior}`]: 'unspecified' }],
  ['{kustomize.config.k8s.io/behavior: merge, x: y}', { [`${behavior}`]: 'merge', x: 'y' }],
  ['{kustomize.config.k8s.io/behavior: MERGE}', { [`${behavior}`]: 'unspecified' }],
  ['{kustomize.config.k8s.io/needs-hash: T}', { [`${behavior}`]: 'unspecified', [`${hash}`]: 'enabled' }],
  ['{kustomize.config.k8s.io/needs-hash: 0}', { [`${behavior}`]: 'unspecified' }],
])('takes %s', (annotations, expected) => {
  expect(take(annotations)).toEqual(expected)
})

it.each(['yes', '""', 'tRUE', '2'])('refuses needs-hash %s', (text) => {
  expect(catchError(() => take(`{kustomize.config.k8s.io/needs-hash: ${text}}`))).toEqual({
    code: 'ManifestInvalid',
    data: { file: 's.yaml', name: 'kustomize.config.k8s.io/needs-hash', reason: 'no boolean' },
  })
})
