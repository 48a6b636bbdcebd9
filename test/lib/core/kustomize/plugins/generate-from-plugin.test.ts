import { expect, it } from 'vitest'
import { catchError } from '../../../../fakes/errors.ts'
import { buildAll, printAll } from '../../../../fakes/overlay.ts'

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
  expect(catchError(() => printAll({ files }))).toMatchObject({
    code: 'KustomizeFieldUnsupported',
    data: { file: 'g.yaml', field: 'generators', plugin, reason: expect.any(String) },
  })
})

const generate = (body: string, more = '') =>
  printAll({
    files: {
      'kustomization.yaml': `generators: [sub/g.yaml]\n${more}`,
      'f.txt': 'top',
      'sub/f.txt': 'sub',
      'sub/g.yaml': `apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g, labels: {l: x}}\n${body}`,
    },
  })

it('reads files beside the kustomization that lists the plugin', () => {
  expect(generate('files: [f.txt]\n', 'generatorOptions: {labels: {not: here}}')).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: expect.stringMatching(/^g-/) },
      data: { 'f.txt': 'top' },
    },
  ])
})

it.each([
  ['env: e.env', 'KustomizeFieldUnsupported'],
  ['literals: a=b', 'KustomizationInvalid'],
  ['Literals: [a=b]', 'KustomizationInvalid'],
  ['files: [../f.txt]', 'PathOutsideRepository'],
  ['behavior: merge', 'KustomizeReferenceMissing'],
])('refuses %s', (body, code) => {
  expect(catchError(() => generate(body))?.code).toBe(code)
})

it('taints literals that a plugin takes from an encrypted file or patch', () => {
  const plugin = 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: g}\nliterals: [a=b]\n'
  const patched = {
    'kustomization.yaml': 'generators: [dir]',
    'dir/kustomization.yaml': 'resources: [g.yaml]\npatches: [{path: p.yaml}]',
    'dir/g.yaml': plugin,
    'dir/p.yaml': plugin.replace('a=b', 'a=hunter2'),
  }
  for (const encrypted of [['dir/g.yaml'], ['dir/p.yaml']]) {
    const [map] = buildAll({ files: patched, encrypted }).objects
    expect(map?.data.get('a')).toEqual({ value: 'hunter2', tainted: true })
  }
})
