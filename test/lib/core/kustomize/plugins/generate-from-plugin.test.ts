import { expect, it } from 'vitest'
import { catchError } from '../../../../fakes/errors.ts'
import { printAll } from '../../../../fakes/overlay.ts'

it.each([
  ['builtin', 'HashTransformer', 'HashTransformer.builtin/g'],
  ['builtin', 'ksops', 'ksops.builtin/g'],
  ['goabout.com/v1beta1', 'SopsSecretGenerator', 'SopsSecretGenerator.v1beta1.goabout.com/g'],
  ['viaduct.ai/v1', 'KSOPS', 'KSOPS.v1.viaduct.ai/g'],
])('refuses %s %s by name', (apiVersion, kind, plugin) => {
  const files = {
    'kustomization.yaml': 'generators: [g.yaml]',
    'g.yaml': `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: g}`,
  }
  expect(catchError(() => printAll({ files }))).toEqual({
    code: 'KustomizeFieldUnsupported',
    data: { file: 'g.yaml', field: 'generators', plugin },
  })
})
