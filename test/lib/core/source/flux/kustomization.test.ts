import { describe, expect, it } from 'vitest'
import { applyKustomization, parseKustomization } from '../../../../../lib/core/source/flux/kustomization.ts'
import { parseSource } from '../../../../../lib/core/source/parse-source.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { createGitRepository } from '../../../../fakes/manifests.ts'

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

  it('looks for variables in its own namespace, whatever an entry says', () => {
    const substituteFrom = [
      { kind: 'ConfigMap', name: 'c', namespace: 'other' },
      { kind: 'Secret', name: 's', optional: true },
    ]
    expect(parse({ postBuild: { substituteFrom } }).overlay.postBuild?.substituteFrom).toEqual([
      { kind: 'ConfigMap', namespace: 'apps', name: 'c', optional: false },
      { kind: 'Secret', namespace: 'apps', name: 's', optional: true },
    ])
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
      { postBuild: { substituteFrom: [{ kind: 'Other', name: 'c' }] } },
      'SourceInvalid',
      'spec.postBuild.substituteFrom[0].kind',
    ],
    [
      { postBuild: { substituteFrom: [{ kind: 'Secret', name: '' }] } },
      'SourceInvalid',
      'spec.postBuild.substituteFrom[0].name',
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

describe('applyKustomization', () => {
  const found = parseSource(createGitRepository())
  const apply = (
    spec: Readonly<Record<string, unknown>>,
    {
      kustomizePath,
      kind = 'GitRepository',
    }: { kustomizePath?: string; kind?: 'GitRepository' | 'Application' } = {},
  ) =>
    applyKustomization(
      parse({ sourceRef: { ...sourceRef, namespace: 'flux-system' }, path: './dev', ...spec }),
      {
        sourceRef: { kind, name: 'repo', namespace: 'flux-system' },
        secrets: { environment: 'dev', layout: 'key', ...(kustomizePath !== undefined && { kustomizePath }) },
      },
      found,
    )

  it.each([undefined, 'dev'])(
    'gives the source its directory and settings where the config says %j',
    (kustomizePath) => {
      expect(apply({ namePrefix: 'p-' }, { ...(kustomizePath !== undefined && { kustomizePath }) })).toEqual({
        ...found,
        path: 'dev',
        overlay: {
          by: 'flux',
          namePrefix: 'p-',
          patches: [],
          components: [],
          ignoreMissingComponents: false,
        },
      })
    },
  )

  it('suspends the source with it', () => {
    expect(apply({ suspend: true }).suspended).toBe(true)
  })

  it.each([
    ['another source', { sourceRef }, {}, 'spec.sourceRef'],
    ['an Application', {}, { kind: 'Application' as const }, 'spec.sourceRef'],
    ['another directory', {}, { kustomizePath: 'prod' }, 'spec.path'],
  ])('refuses a config of %s', (_, spec, config, path) => {
    expect(catchError(() => apply(spec, config))).toMatchObject({ code: 'SourceUnsupported', data: { path } })
  })
})
