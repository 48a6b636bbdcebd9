import { describe, expect, it } from 'vitest'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { buildAll, printOne } from '../../../../fakes/overlay.ts'

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n'
const build = (text: string, files: Readonly<Record<string, string>> = {}, body = secret) =>
  printOne({ 'kustomization.yaml': `resources: [s.yaml]\n${text}`, 's.yaml': body, ...files })

describe('configurations', () => {
  const config = (text: string) => () => build('configurations: [c.yaml]', { 'c.yaml': text })

  it.each([
    'nameReference: [{kind: Issuer, fieldSpecs: [{kind: Certificate, path: spec/issuerRef/name}]}]',
    'namespace: [{kind: MutatingWebhookConfiguration, path: webhooks/clientConfig/service/namespace, create: true}]',
    'varReference: [{kind: Certificate, path: spec/commonName}]',
    '# nothing',
  ])('takes %s', (text) => {
    expect(codeOf(config(text))).toBeNull()
  })

  it.each([
    ['namePrefix: [{path: data/x}]', 'namePrefix'],
    ['namePrefix: [{path: data/x, kind: ConfigMap}]', 'namePrefix'],
    ['varReference: [{path: data, kind: Secret}]', 'varReference'],
    ['nameReference: [{kind: Secret, fieldSpecs: [{path: data/x}]}]', 'nameReference'],
    ['labels: [{path: data, kind: Secret, create: true}]', 'labels'],
  ])('refuses %s by name', (text, field) => {
    expect(catchError(config(text))).toMatchObject({
      code: 'KustomizeFieldUnsupported',
      data: { file: 'c.yaml', field, reason: expect.any(String) },
    })
  })

  it('refuses what is malformed or missing', () => {
    expect(codeOf(config('unknown: []'))).toBe('KustomizationInvalid')
    expect(codeOf(() => build('configurations: [none.yaml]'))).toBe('KustomizeReferenceMissing')
  })

  it('takes other kinds for unknown from there on', () => {
    const text =
      'configurations: [c.yaml]\nreplacements: [{source: {kind: X, fieldPath: spec.a}, targets: [{select: {kind: Secret}, fieldPaths: [type], options: {create: true}}]}]'
    const files = { 'c.yaml': 'images: [{kind: X, path: spec/a}]' }
    const other = `${secret}---\napiVersion: x/v1\nkind: X\nmetadata: {name: x}\nspec: {a: b}\n`
    expect(codeOf(() => build(text, files, other))).toBe('KustomizeFieldUnsupported')
  })
})

describe('openapi', () => {
  const schema = (gvk: string) =>
    `{"definitions": {"a": {"x-kubernetes-group-version-kind": [${gvk}]}, "b": {}}}`
  const other = schema('{"group": "e.com", "version": "v1", "kind": "Secret"}')

  it.each([
    ['{version: v1.21.2}', '', null],
    ['{path: s.json}', other, null],
    ['{path: s.json}', '{}', null],
    ['{version: v1.20.0}', '', 'KustomizationInvalid'],
    ['{version: v1.21.2, path: s.json}', other, 'KustomizationInvalid'],
    ['{path: none.json}', '', 'KustomizeReferenceMissing'],
    ['{path: s.json}', schema('{"version": "v1", "kind": "Secret"}'), 'KustomizeFieldUnsupported'],
    [
      '{path: s.json}',
      schema('{"group": "", "version": "v1", "kind": "ConfigMap"}'),
      'KustomizeFieldUnsupported',
    ],
  ])('judges %s with %s', (openapi, text, code) => {
    expect(codeOf(() => build(`openapi: ${openapi}`, { 's.json': text }))).toBe(code)
  })

  it('refuses the lists that a schema of its own merges differently', () => {
    const body = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, finalizers: [a]}\n'
    const error = catchError(() => build('openapi: {path: s.json}', { 's.json': other }, body))
    expect(error).toMatchObject({
      code: 'KustomizeFieldUnsupported',
      data: { file: 's.yaml', field: 'openapi' },
    })
  })
})

it('reads each of them', () => {
  const files = {
    'kustomization.yaml':
      'crds: [crd.yaml]\nopenapi: {path: s.json}\nconfigurations: [c.yaml]\nresources: []',
    'crd.yaml': '{}',
    's.json': '{}',
    'c.yaml': '{}',
  }
  expect(buildAll({ files }).reads).toEqual(expect.arrayContaining(['crd.yaml', 's.json', 'c.yaml']))
  expect(codeOf(() => build('crds: [none.yaml]'))).toBe('KustomizeReferenceMissing')
})
