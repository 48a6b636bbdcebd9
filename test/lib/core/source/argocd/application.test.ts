import { describe, expect, it } from 'vitest'
import {
  parseApplication,
  readApplicationComparison,
} from '../../../../../lib/core/source/argocd/application.ts'
import type { SourceChoice } from '../../../../../lib/core/source/source.ts'
import { createApplication } from '../../../../fakes/manifests.ts'

const repoURL = 'https://git.test/o/r'
const withSource = (source: Record<string, unknown>) =>
  createApplication({ source: { repoURL, path: 'apps/web', ...source } })

describe('parseApplication', () => {
  it('reads everything that is followed', () => {
    expect(parseApplication(withSource({ targetRevision: 'main', path: './apps//web/' }))).toEqual({
      origin: { kind: 'Application', namespace: 'argocd', name: 'app' },
      url: repoURL,
      ref: { name: 'main' },
      suspended: false,
      path: 'apps/web',
      overlay: {
        by: 'directory',
        recurse: false,
        include: '',
        exclude: '',
        unlessKustomized: true,
        overrideFiles: ['.argocd-source.yaml', '.argocd-source-app.yaml', '.argocd-source-argocd_app.yaml'],
      },
      project: 'default',
    })
  })

  it.each([
    ['.', ''],
    ['apps/../other', 'other'],
  ])('reads the path %s', (path, expected) => {
    expect(parseApplication(withSource({ path })).path).toBe(expected)
  })

  it('reads what it makes of its directory', () => {
    const kustomize = { namePrefix: 'p-', patches: [{ path: 'p.yaml' }], components: ['../component'] }
    expect(parseApplication(withSource({ kustomize })).overlay).toMatchObject({ by: 'argo', ...kustomize })
    const directory = { recurse: true, include: '*.yaml', exclude: '' }
    expect(parseApplication(withSource({ directory })).overlay).toMatchObject({
      by: 'directory',
      ...directory,
    })
  })

  it('follows the default branch where no revision is given', () => {
    expect(parseApplication(withSource({})).ref).toEqual({ head: true })
  })

  it.each([
    ['true', true],
    ['false', false],
  ])('takes the annotation skip-reconcile %j for suspended: %j', (annotation, suspended) => {
    const { metadata, ...rest } = createApplication()
    const annotations = { 'argocd.argoproj.io/skip-reconcile': annotation }
    expect(parseApplication({ ...rest, metadata: { ...metadata, annotations } }).suspended).toBe(suspended)
  })

  it('follows the one source with files, not the one that it refers to', () => {
    const sources = [
      { repoURL: 'https://git.test/values', ref: 'values' },
      { repoURL, path: 'web' },
    ]
    expect(parseApplication(createApplication({ sources }))).toMatchObject({ url: repoURL, path: 'web' })
  })

  describe('of several sources with files', () => {
    const sources = [
      { repoURL, chart: 'web', targetRevision: '1.2.3' },
      { repoURL, path: './web/', name: 'app', targetRevision: 'main' },
      { repoURL: 'https://git.test/values', ref: 'values' },
      { repoURL, path: 'db', name: '1' },
      { repoURL, path: 'twice' },
      { repoURL: 'https://git.test/twice', path: 'twice' },
    ]
    const parse = (choice: SourceChoice) => parseApplication(createApplication({ sources }), null, choice)

    it.each<[string, SourceChoice, string]>([
      ['by name', { source: 'app' }, 'web'],
      ['by name before number', { source: '1' }, 'db'],
      ['by number', { source: '4' }, 'twice'],
      ['by the directory of the overlay', { path: 'web' }, 'web'],
      ['by name before directory', { source: 'app', path: 'db' }, 'web'],
    ])('follows the one that is chosen %s', (_, choice, path) => {
      expect(parse(choice)).toMatchObject({ url: repoURL, path })
    })

    it.each<[string, string, SourceChoice, string]>([
      ['no choice', 'SourceUnsupported', {}, 'spec.sources'],
      ['a directory of none', 'SourceUnsupported', { path: 'web/prod' }, 'spec.sources'],
      ['a directory of two', 'SourceUnsupported', { path: 'twice' }, 'spec.sources'],
      ['an unknown name', 'SourceUnsupported', { source: 'gone' }, 'spec.sources'],
      ['a number that is too high', 'SourceUnsupported', { source: '6' }, 'spec.sources'],
      ['a chart', 'SourceUnsupported', { source: '0' }, 'spec.sources[0].chart'],
      ['one that others refer to', 'SourceInvalid', { source: '2' }, 'spec.sources[2].path'],
    ])('refuses %s', (_, code, choice, path) => {
      expect(() => parse(choice)).toThrow(
        expect.objectContaining({ code, data: expect.objectContaining({ path }) }),
      )
    })

    it('follows all of them where that is asked for and they are at one revision', () => {
      const all = { source: '*' } as const
      const kustomize = { namePrefix: 'p-' }
      const both = [
        { repoURL, path: 'web', targetRevision: 'main', kustomize },
        { repoURL: 'https://git.test/values', ref: 'values' },
        { repoURL, path: 'db', targetRevision: 'main' },
      ]
      expect(parseApplication(createApplication({ sources: both }), null, all)).toMatchObject({
        url: repoURL,
        path: 'web',
        overlay: { by: 'argo', namePrefix: 'p-' },
        others: [{ path: 'db', overlay: { by: 'directory' } }],
      })
      const one = parseApplication(createApplication({ sources: both.slice(0, 2) }), null, all)
      expect(one).toMatchObject({ path: 'web' })
      expect(one).not.toHaveProperty('others')
      const [first] = both
      for (const [path, second] of [
        ['spec.sources[1].targetRevision', { ...first, targetRevision: 'next' }],
        ['spec.sources[1].repoURL', { ...first, repoURL: 'https://git.test/o/other' }],
        ['spec.sources[1].chart', { ...first, chart: 'web' }],
        ['spec.sources[1].helm', { ...first, helm: {} }],
      ] as const)
        expect(() => parseApplication(createApplication({ sources: [first, second] }), null, all)).toThrow(
          expect.objectContaining({ code: 'SourceUnsupported', data: expect.objectContaining({ path }) }),
        )
    })

    it('is judged in a cluster by all that are followed', () => {
      const written = ['web', 'db'].map((path) => ({ repoURL, path, targetRevision: 'main' }))
      const [one, other] = ['a'.repeat(40), 'b'.repeat(40)]
      const cluster = { name: 'prod', argocdNamespace: 'argocd' }
      const read = (status: object, revision?: 'deployed') =>
        parseApplication({ ...createApplication({ sources: written }), status }, cluster, {
          source: '*',
          ...(revision && { revision }),
        })
      const sync = { status: 'Synced', comparedTo: { sources: written } }
      expect(read({ sync: { ...sync, revisions: [one, one] } }).path).toBe('web')
      const deploy = (...revisions: string[]) => ({ history: [{ revisions, sources: written }] })
      expect(read(deploy(one, one), 'deployed').pinned?.commit).toBe(one)
      expect(() => read({ sync: { ...sync, revisions: [one] } })).toThrow(
        expect.objectContaining({ code: 'SourceNotReady' }),
      )
      expect(() => read(deploy(one, other), 'deployed')).toThrow(
        expect.objectContaining({ code: 'SourceUnsupported' }),
      )
    })

    it('is judged in a cluster by the one that is chosen', () => {
      const revisions = ['1.2.3', 'a'.repeat(40), '', 'b'.repeat(40)]
      const compared = { status: 'Synced', revisions, comparedTo: { sources } }
      const manifest = { ...createApplication({ sources }), status: { sync: compared } }
      const cluster = { name: 'prod', argocdNamespace: 'argocd' }
      expect(parseApplication(manifest, cluster, { source: 'app' }).path).toBe('web')
      expect(readApplicationComparison(manifest, { path: 'db' })?.commit).toBe('b'.repeat(40))
      expect(() => parseApplication(manifest, cluster, { source: '4' })).toThrow(
        expect.objectContaining({ code: 'SourceNotReady' }),
      )
    })
  })

  it('is pinned to what is deployed where that is asked for, and has it in a cluster alone', () => {
    const deployed = 'd'.repeat(40)
    const history = [{ revision: deployed, source: { repoURL, path: 'apps/web' } }]
    const status = { history, conditions: [{ type: 'ComparisonError', message: 'no such branch' }] }
    const manifest = { ...withSource({ targetRevision: 'main' }), status }
    const cluster = { name: 'prod', argocdNamespace: 'argocd' }
    const choice = { revision: 'deployed' } as const
    expect(parseApplication(manifest, cluster, choice).pinned).toEqual({ ref: 'main', commit: deployed })
    expect(() => parseApplication(manifest, cluster)).toThrow(
      expect.objectContaining({ code: 'SourceNotReady' }),
    )
    expect(() => parseApplication(manifest, null, choice)).toThrow(
      expect.objectContaining({ code: 'SourceUnsupported' }),
    )
  })

  it('follows a source in scp form over ssh', () => {
    const application = withSource({ repoURL: 'git@git.test:o/r.git' })
    expect(parseApplication(application).url).toBe('ssh://git@git.test/o/r.git')
  })

  it.each([
    ['spec.source.repoURL', { repoURL: 'oci://git.test/o/r' }],
    ['spec.source.chart', { chart: 'web', path: undefined }],
    ['spec.source.helm', { helm: { releaseName: 'web' } }],
    ['spec.source.plugin', { plugin: { name: 'web' } }],
    ['spec.source.directory.jsonnet', { directory: { jsonnet: { libs: ['lib'] } } }],
    ['spec.source.directory.disableExtensionFilter', { directory: { disableExtensionFilter: true } }],
    ['spec.source.directory', { directory: { recurse: true }, kustomize: { namePrefix: 'p-' } }],
  ])('does not follow a source with %s', (path, source) => {
    const expected = { code: 'SourceUnsupported', data: expect.objectContaining({ path }) }
    expect(() => parseApplication(withSource(source))).toThrow(expect.objectContaining(expected))
  })

  it.each([
    ['spec.sources', { sources: [{ repoURL, ref: 'values' }] }],
    [
      'spec.sources',
      {
        sources: [
          { repoURL, path: 'a' },
          { repoURL, path: 'b' },
        ],
      },
    ],
    [
      'spec.sources[1].chart',
      {
        sources: [
          { repoURL, ref: 'values' },
          { repoURL, chart: 'web' },
        ],
      },
    ],
  ])('does not follow an Application with %s', (path, spec) => {
    const expected = { code: 'SourceUnsupported', data: expect.objectContaining({ path }) }
    expect(() => parseApplication(createApplication(spec))).toThrow(expect.objectContaining(expected))
  })

  it.each([
    ['spec.source', { source: undefined }],
    ['spec.source.repoURL', { source: { path: 'web' } }],
    ['spec.source.path', { source: { repoURL } }],
    ['spec.source.path', { source: { repoURL, path: '../web' } }],
    ['spec.source.path', { source: { repoURL, path: '/web' } }],
    ['spec.source.targetRevision', { source: { repoURL, path: '.', targetRevision: 1 } }],
    ['spec.sources', { sources: {} }],
  ])('refuses an illegal %s', (path, spec) => {
    const expected = { code: 'SourceInvalid', data: expect.objectContaining({ path }) }
    expect(() => parseApplication(createApplication(spec))).toThrow(expect.objectContaining(expected))
  })

  it('follows the dry source of a hydrator, whatever else is there', () => {
    const drySource = { repoURL: 'https://git.test/dry', targetRevision: 'main', path: 'web' }
    const sourceHydrator = { drySource, syncSource: { targetBranch: 'rendered', path: 'web' } }
    expect(parseApplication(createApplication({ sourceHydrator }))).toMatchObject({
      url: 'https://git.test/dry',
      ref: { name: 'main' },
      path: 'web',
    })
  })

  it('narrows a version range to the tags with a prefix', () => {
    expect(parseApplication(withSource({ targetRevision: '1.*', tagPrefix: 'web/' })).ref).toEqual({
      semver: '1.*',
      lenient: true,
      tagPrefix: 'web/',
    })
  })

  it('knows its project, and in a cluster where its credentials are looked for', () => {
    const cluster = { name: 'prod', argocdNamespace: 'argocd' }
    const source = { repoURL, targetRevision: 'main', path: 'web' }
    const revision = 'a'.repeat(40)
    const status = { sync: { status: 'OutOfSync', revision, comparedTo: { source } } }
    const manifest = { ...createApplication({ project: 'team', source }), status }
    expect(parseApplication(manifest, cluster)).toMatchObject({
      project: 'team',
      credentials: { cluster: 'prod', namespace: 'argocd', name: '', project: 'team' },
    })
    expect(parseApplication(createApplication({ project: '' })).project).toBe('default')
  })

  it('does not mind parameters that do not change what a Secret holds', () => {
    const kustomize = { images: ['web:1'], namePrefix: 'a-', commonLabels: { a: 'b' } }
    const directory = { recurse: false, jsonnet: {} }
    expect(parseApplication(withSource({ kustomize, directory })).overlay).toMatchObject({ by: 'argo' })
  })
})
