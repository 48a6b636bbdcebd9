import { describe, expect, it } from 'vitest'
import { buildAll } from '../../../../fakes/overlay.ts'

const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: n, labels: {a: b}}\n'

it('gives what is published beside the printed object', () => {
  const files = {
    'kustomization.yaml': 'resources: [s.yaml]',
    's.yaml': `${secret}type: Opaque\nimmutable: true\ndata: {n: 1, a: MQ==}\n`,
  }
  const [object] = buildAll({ files, encrypted: ['s.yaml'] }).objects
  expect(object).toMatchObject({
    kind: 'Secret',
    name: 's',
    nameWithoutHash: 's',
    namespace: 'n',
    labels: new Map([['a', 'b']]),
    type: 'Opaque',
    immutable: true,
    data: new Map<string, unknown>([
      ['n', { value: 1n, tainted: true }],
      ['a', { value: 'MQ==', tainted: true }],
    ]),
    taintedFields: [],
    file: 's.yaml',
  })
})

it('tells the name before the hash', () => {
  const [object] = buildAll({
    files: { 'kustomization.yaml': 'namePrefix: p-\nsecretGenerator: [{name: s}]' },
  }).objects
  expect(object).toMatchObject({ name: 'p-s-46f8b28mk5', nameWithoutHash: 'p-s' })
})

describe('decrypted values in public fields', () => {
  const patch = (text: string) => {
    const files = {
      'kustomization.yaml': `resources: [s.yaml]\npatches: [{target: {}, patch: '${text}'}]`,
      's.yaml': `${secret}data: {a: MQ==}\n`,
    }
    return buildAll({ files, encrypted: ['s.yaml'] }).objects[0]
  }

  it.each([
    ['[{"op":"copy","from":"/data/a","path":"/metadata/annotations/x"}]', ['metadata.annotations']],
    ['[{"op":"copy","from":"/data/a","path":"/metadata/name"}]', ['metadata.name']],
    ['[{"op":"move","from":"/data","path":"/type"}]', ['type']],
    ['[{"op":"copy","from":"/data/a","path":"/data/b"}]', []],
  ])('are named after %s', (text, fields) => {
    expect(patch(text)?.taintedFields).toEqual(fields)
  })

  it('stay tainted when a Secret becomes a ConfigMap', () => {
    const object = patch('[{"op":"replace","path":"/kind","value":"ConfigMap"}]')
    expect([object?.kind, object?.data.get('a')?.tainted]).toEqual(['ConfigMap', true])
  })
})
