import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseManifests } from '../../../../../lib/core/config/parse/parse-manifests.ts'

const apiVersion = 'source.toolkit.fluxcd.io/v1'
const object = `apiVersion: ${apiVersion}\nkind: GitRepository\nmetadata: {name: a}\n`

describe('parseManifests', () => {
  it('reads every document and gives it the default namespace', () => {
    const { manifests, problems } = parseManifests(
      'a.yaml',
      `---\n${object}---\n${object.replace('a}', 'b}')}`,
    )
    expect(manifests.map(({ metadata }) => metadata)).toEqual([
      { name: 'a', namespace: 'default' },
      { name: 'b', namespace: 'default' },
    ])
    expect(problems).toEqual([])
  })

  it('keeps what the service reads of an object', () => {
    const text = JSON.stringify({
      apiVersion,
      kind: 'GitRepository',
      metadata: { name: 'a.b', namespace: 'n', uid: 'u', generation: 3, annotations: { x: 'y' }, labels: {} },
      spec: { field: [1] },
      status: { phase: 'Ready' },
    })
    expect(parseManifests('a.json', text).manifests).toEqual([
      {
        apiVersion,
        kind: 'GitRepository',
        metadata: { name: 'a.b', namespace: 'n', uid: 'u', generation: 3, annotations: { x: 'y' } },
        spec: { field: [1] },
        status: { phase: 'Ready' },
      },
    ])
  })

  it('keeps the values of a ConfigMap and a Secret, and says what a broken one is', () => {
    const metadata = { name: 'a', namespace: 'n' }
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { A: 'a' } }
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { B: 'b' } }
    const items = [
      configMap,
      secret,
      { ...secret, sops: {} },
      { ...configMap, metadata: {} },
      { ...secret, apiVersion: 'example.com/v1' },
    ]
    const { manifests, problems } = parseManifests('a.json', JSON.stringify({ kind: 'List', items }))
    expect(manifests).toEqual([configMap, secret])
    expect(problems.map(({ kind }) => kind)).toEqual(['Secret', 'ConfigMap'])
  })

  it('keeps no values of any other object', () => {
    const text = JSON.stringify({
      apiVersion,
      kind: 'GitRepository',
      metadata: { name: 'a' },
      data: { A: 'a' },
    })
    expect(parseManifests('a.json', text).manifests[0]).not.toHaveProperty('data')
  })

  it('takes a List for its items', () => {
    const item = { apiVersion, kind: 'GitRepository', metadata: { name: 'a' } }
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [item, { ...item, metadata: {} }] })
    const { manifests, problems } = parseManifests('a.json', text)
    expect(manifests).toHaveLength(1)
    expect(problems).toEqual([
      { file: 'a.json', message: 'document 1, item 2: metadata.name is missing or illegal' },
    ])
  })

  it.each([
    '',
    '# only a comment\n',
    '---\n---\n',
    'text',
    '- 1\n',
    'kind: [1]\n',
    'values: {a: 1}\n',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: "system:a"}\n',
    'apiVersion: example.com/v1\nkind: GitRepository\n',
  ])('passes over what it does not serve: %j', (text) => {
    expect(parseManifests('a.yaml', text)).toEqual({ manifests: [], problems: [] })
  })

  it.each([
    ['no name', 'metadata: {}'],
    ['a name with a slash', 'metadata: {name: a/b}'],
    ['an upper-case name', 'metadata: {name: A}'],
    ['a long name', `metadata: {name: ${'a'.repeat(254)}}`],
    ['a namespace with a dot', 'metadata: {name: a, namespace: a.b}'],
    ['a name that is no text', 'metadata: {name: 1}'],
    ['no metadata', 'spec: {}'],
  ])('reports an object with %s', (_, rest) => {
    const { manifests, problems } = parseManifests(
      'a.yaml',
      `apiVersion: ${apiVersion}\nkind: GitRepository\n${rest}\n`,
    )
    expect({ manifests, count: problems.length }).toEqual({ manifests: [], count: 1 })
  })

  it.each([
    ['broken YAML', `a: "canary-5d0\n`],
    ['a duplicate key', `apiVersion: canary-5d0\napiVersion: v1\n`],
    ['an unknown alias', 'a: *canary-5d0\n'],
    [
      'an alias bomb',
      `a: &a [canary-5d0]\n${'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'}c: [${'*b,'.repeat(99)}*b]\n`,
    ],
    ['deep nesting', `canary-5d0: ${'['.repeat(20_000)}`],
  ])('reports %s without quoting it, and keeps the documents before', (_, text) => {
    const { manifests, problems } = parseManifests('a.yaml', `${object}---\n${text}`)
    expect(manifests.length).toBeLessThanOrEqual(1)
    expect(problems.length).toBeGreaterThan(0)
    expect(JSON.stringify(problems)).not.toContain('canary-5d0')
  })

  it('says in which line a document breaks off', () => {
    expect(parseManifests('a.yaml', `${object}---\na: [\n`).problems).toEqual([
      { file: 'a.yaml', message: 'document 2: no readable YAML or JSON in line 6' },
    ])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab:-[]{}&*!|>%@`\'"\n\t #,?0') }), (text) => {
        parseManifests('a.yaml', text)
      }),
    )
  })
})
