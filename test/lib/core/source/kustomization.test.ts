import { describe, expect, it } from 'vitest'
import { parseKustomization } from '../../../../lib/core/source/kustomization.ts'
import { catchError, codeOf } from '../../../fakes/errors.ts'

const sourceRef = { kind: 'GitRepository', name: 'repo' }
const parse = (spec: Readonly<Record<string, unknown>>) =>
  parseKustomization({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'k', namespace: 'apps' },
    spec: { sourceRef, ...spec },
  })

describe('parseKustomization', () => {
  it('reads what bears on Secrets', () => {
    const spec = {
      path: './overlays/prod/',
      interval: '1m',
      targetNamespace: 'web',
      namePrefix: 'p-',
      patches: [{ patch: 'x', target: { kind: 'Secret' }, options: { allowNameChange: true } }],
      components: ['../c'],
      postBuild: { substitute: { A: 'b' }, substituteStrategy: 'Always' },
      commonMetadata: { labels: { a: 'b' } },
    }
    expect(parse(spec)).toEqual({
      source: { kind: 'GitRepository', name: 'repo', namespace: 'apps' },
      path: 'overlays/prod',
      suspended: false,
      overlay: {
        by: 'flux',
        targetNamespace: 'web',
        namePrefix: 'p-',
        patches: [{ patch: 'x', target: { kind: 'Secret' } }],
        components: ['../c'],
        ignoreMissingComponents: false,
        postBuild: { substitute: { A: 'b' }, always: true, strict: false },
      },
    })
  })

  it.each([
    [undefined, ''],
    ['./', ''],
    ['/', ''],
    ['a/../b', 'b'],
    ['/a', 'a'],
  ])('reads the path %j', (path, expected) => {
    expect(parse(path === undefined ? {} : { path }).path).toBe(expected)
  })

  it('knows the namespace of its source, and whether it is suspended', () => {
    const { source, suspended } = parse({ sourceRef: { ...sourceRef, namespace: 'other' }, suspend: true })
    expect([source.namespace, suspended]).toEqual(['other', true])
  })

  it.each([
    [{ sourceRef: { kind: 'Bucket', name: 'b' } }, 'SourceUnsupported', 'spec.sourceRef.kind'],
    [
      { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'c' }] } },
      'SourceUnsupported',
      'spec.postBuild.substituteFrom',
    ],
    [{ path: '../x' }, 'SourceInvalid', 'spec.path'],
    [{ patches: [{ patch: 1 }] }, 'SourceInvalid', 'spec.patches[0].patch'],
  ])('refuses %j', (spec, code, path) => {
    expect(catchError(() => parse(spec))).toMatchObject({ code, data: { path } })
  })

  it('wants a source', () => {
    expect(codeOf(() => parse({ sourceRef: undefined }))).toBe('SourceInvalid')
  })
})
