import { expect, it } from 'vitest'
import { codeOf } from '../../../../fakes/errors.ts'
import { buildAll, printAll } from '../../../../fakes/overlay.ts'

it('generates ConfigMaps before Secrets, so that later ones may join earlier ones', () => {
  const files = {
    'kustomization.yaml': [
      'generatorOptions: {disableNameSuffixHash: true}',
      'secretGenerator: [{name: s, literals: [a=1]}, {name: s, behavior: merge, literals: [b=2]}]',
      'configMapGenerator: [{name: c, literals: [a=1]}]',
    ].join('\n'),
  }
  expect(buildAll({ files }).objects.map(({ name }) => name)).toEqual(['c', 's'])
  expect(printAll({ files })[1]).toMatchObject({ data: { a: 'MQ==', b: 'Mg==' } })
})

it('counts what it generates', () => {
  const files = { 'kustomization.yaml': 'configMapGenerator: [{name: a}, {name: b}]' }
  expect(codeOf(() => buildAll({ files }, '', { limits: { resources: 1 } }))).toBe('KustomizeTooLarge')
})
