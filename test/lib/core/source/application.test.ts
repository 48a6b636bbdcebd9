import { describe, expect, it } from 'vitest'
import { parseApplication } from '../../../../lib/core/source/application.ts'
import { createApplication } from '../../../fakes/manifests.ts'

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
