import { expect, it } from 'vitest'
import { codeOf } from '../../../../fakes/errors.ts'
import { buildAll, printAll } from '../../../../fakes/overlay.ts'

const build = (manifest: string, rest = '') =>
  printAll({ files: { 'kustomization.yaml': `resources: [m.yaml]\n${rest}`, 'm.yaml': manifest } })

it.each([
  ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "\\x7f"}', 'ManifestInvalid'],
  ['apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: "\\N"}', 'ManifestInvalid'],
  ['kind: Secret\nmetadata: {name: a}', 'ManifestInvalid'],
  ['apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {a: .nan}', 'ManifestInvalid'],
])('refuses %j', (manifest, code) => {
  expect(codeOf(() => build(manifest))).toBe(code)
})

it('refuses names that came to be the same', () => {
  const files = {
    'kustomization.yaml':
      'resources: [m.yaml]\npatchesJson6902: [{target: {name: a}, patch: \'[{"op":"replace","path":"/metadata/name","value":"b"}]\'}]',
    'm.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: b}\n',
  }
  expect(codeOf(() => buildAll({ files }))).toBe('KustomizeConflict')
})

it('refuses variables only where they would be replaced', () => {
  const vars = 'vars: [{name: V, objref: {apiVersion: v1, kind: Secret, name: a}}]'
  const secret = (rest: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: a${rest}}\nstringData: {a: $(V)}`
  expect(codeOf(() => build(secret(''), vars))).toBeNull()
  expect(codeOf(() => build(secret(', annotations: {x: $(V)}'), vars))).toBe('KustomizeFieldUnsupported')
})

it('drops what kustomize keeps to itself', () => {
  const annotations = 'annotations: {config.kubernetes.io/path: x, config.kubernetes.io/index: "1", kept: x}'
  expect(build(`apiVersion: v1\nkind: Secret\nmetadata: {name: a, ${annotations}}`)[0]).toMatchObject({
    metadata: { name: 'a', annotations: { kept: 'x' } },
  })
})
