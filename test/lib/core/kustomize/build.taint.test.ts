import { describe, expect, it } from 'vitest'
import { listBuiltEntries } from '../../../../lib/core/secrets/built-entries.ts'
import { catchError } from '../../../fakes/errors.ts'
import { buildAll, printAll } from '../../../fakes/overlay.ts'

/** What is decrypted in all of these. */
const canary = 'hunter2'
const object = (kind: string, body: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${kind.toLowerCase()}}\n${body}\n`

const files = {
  'plain.yaml': `${object('ConfigMap', 'data: {k: v, j: \'{"a": "b"}\'}')}---\n${object('Secret', 'stringData: {k: v}')}`,
  'enc.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: enc}\nstringData: {p: ${canary}}\n`,
  'other.enc.yaml': `apiVersion: x/v1\nkind: X\nmetadata: {name: x}\nspec: {deep: [${canary}]}\n`,
  'lines.enc': `-----BEGIN ${canary}-----\nMII${canary}\n`,
  'patch.enc.yaml': `${object('ConfigMap', `data: {k: ${canary}}`)}`,
  'labels.enc.yaml': `apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: p}\nlabels: {l: ${canary}}\nfieldSpecs: [{path: metadata/labels, create: true}]\n`,
  'names.enc.yaml': `apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: ${canary}-\nfieldSpecs: [{path: metadata/name}]\n`,
}
const encrypted = Object.keys(files).filter((name) => name.includes('enc'))

const publish = (kustomization: string) => {
  const text = `resources: [plain.yaml, enc.yaml, other.enc.yaml]\n${kustomization}`
  const overlay = { files: { ...files, 'kustomization.yaml': text }, encrypted }
  return listBuiltEntries(buildAll(overlay).objects, { secrets: { environment: 'prod' } })
}

const replace = (source: string, path: string, select = 'kind: ConfigMap') =>
  `replacements: [{source: ${source}, targets: [{select: {${select}}, fieldPaths: ['${path}'], options: {create: true}}]}]`
const secretSource = '{kind: Secret, name: enc, fieldPath: stringData.p}'
const operations = (target: string, ...list: readonly string[]) =>
  `patches: [{target: {${target}}, patch: '[${list.join(', ')}]'}]`

describe('decrypted values never become public', () => {
  it.each([
    ['a replacement into a name', replace(secretSource, 'metadata.name')],
    ['a replacement into a namespace', replace(secretSource, 'metadata.namespace')],
    ['a replacement into a label', replace(secretSource, 'metadata.labels.l', 'kind: Secret, name: secret')],
    ['a replacement into an annotation', replace(secretSource, 'metadata.annotations.a', 'name: secret')],
    ['a replacement into a type', replace(secretSource, 'type', 'name: secret')],
    ['a replacement into a ConfigMap', replace(secretSource, 'data.k')],
    ['a replacement into JSON in a ConfigMap', replace(secretSource, 'data.j.a')],
    [
      'a piece of a replacement',
      replace('{kind: Secret, name: enc, fieldPath: stringData.p, options: {delimiter: u}}', 'data.k'),
    ],
    ['a whole map', replace('{kind: Secret, name: enc, fieldPath: stringData}', 'data')],
    ['another kind as its source', replace('{kind: X, fieldPath: spec.deep.0}', 'data.k')],
    [
      'two hops',
      `replacements: [{source: ${secretSource}, targets: [{select: {kind: X}, fieldPaths: [metadata.labels.h], options: {create: true}}]}, {source: {kind: X, fieldPath: metadata.labels.h}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.k]}]}]`,
    ],
    [
      'a JSON patch that copies into an annotation',
      operations(
        'name: enc',
        '{"op": "add", "path": "/metadata/annotations", "value": {}}',
        '{"op": "copy", "from": "/stringData/p", "path": "/metadata/annotations/a"}',
      ),
    ],
    [
      'a JSON patch that moves into a name',
      operations('name: enc', '{"op": "move", "from": "/stringData/p", "path": "/metadata/name"}'),
    ],
    [
      'a Secret that becomes a ConfigMap',
      operations(
        'name: enc',
        '{"op": "replace", "path": "/kind", "value": "ConfigMap"}',
        '{"op": "move", "from": "/stringData", "path": "/data"}',
      ),
    ],
    ['an encrypted patch of a ConfigMap', 'patches: [{path: patch.enc.yaml}]'],
    ['an encrypted file in a ConfigMap', 'configMapGenerator: [{name: g, files: [lines.enc]}]'],
    ['the labels of an encrypted plugin', 'transformers: [labels.enc.yaml]'],
    ['the prefix of an encrypted plugin', 'transformers: [names.enc.yaml]'],
  ])('refuses %s', (_what, kustomization) => {
    const error = catchError(() => publish(kustomization))
    expect(error?.code).toBe('SecretInPublicField')
    expect(JSON.stringify(error)).not.toContain(canary)
  })

  it('refuses a PEM as envs, its lines unprinted', () => {
    const error = catchError(() => publish('secretGenerator: [{name: g, envs: [lines.enc]}]'))
    expect(error?.code).toBe('KustomizationInvalid')
    expect(JSON.stringify(error)).not.toContain(canary)
  })

  it('lets them go from Secret to Secret', () => {
    const [, copied] = publish(replace(secretSource, 'stringData.k', 'name: secret'))
    expect(copied && Buffer.from(copied.payload.value.reveal()).toString()).toBe(canary)
  })
})

it('shows in smc build what kustomize yields', () => {
  const overlay = {
    files: {
      ...files,
      'kustomization.yaml': `resources: [plain.yaml, enc.yaml]\n${replace(secretSource, 'data.k')}`,
    },
    encrypted,
  }
  expect(printAll(overlay)).toMatchObject([{ data: { k: canary } }, {}, {}])
})
