import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../../lib/core/config/parse/parse-config.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { createConfigManifest } from '../../../../fakes/manifests.ts'

const parse = (spec: Record<string, unknown>) => parseConfig(createConfigManifest(spec), 'local')
const secrets = (fields: Record<string, unknown>) => ({ secrets: { environment: 'prod', ...fields } })

/** Every field that the original controller knows, set to something. */
const everything = {
  sourceRef: {
    kind: 'Application',
    name: 'app',
    namespace: 'argocd',
    gitCredentials: { name: 'git', namespace: 'ci' },
  },
  provider: {
    type: 'aws',
    aws: {
      region: 'us-gov-west-1',
      auth: { authType: 'irsa', roleArn: 'arn:aws-us-gov:iam::123456789012:role/writer' },
    },
  },
  secrets: {
    environment: 'pp-1.eu',
    kustomizePath: 'services/web/overlays/pp',
    basePath: 'services',
    prefix: 'web',
    suffix: '-pp',
  },
  configs: { enabled: false, parameterPath: '/web/pp', store: 'ParameterManager', appConfigEndpoint: 'x' },
  otel: { type: 'datadog', site: 'eu', apiKey: 'canary-4d1' },
  gitRepositoryPullInterval: '1h30m',
  reconcileInterval: '1d',
  diffDiscovery: false,
  triggerUpdate: false,
  suspend: true,
  suspendGitPulls: true,
  notifications: { fluxcd: { providerRef: { name: 'slack' } } },
  logging: { secrets: 'DEBUG' },
  hotReload: { enabled: true },
}

describe('parseConfig', () => {
  it('fills in what a short manifest leaves out', () => {
    expect(parse({})).toEqual({
      id: 'local/apps/web',
      namespace: 'apps',
      name: 'web',
      sourceRef: { kind: 'GitRepository', name: 'repo', namespace: 'flux-system' },
      aws: { region: 'eu-west-1', tags: {}, replicaRegions: [] },
      secrets: { environment: 'prod', kustomizePath: 'overlays/prod', prefix: 'web', layout: 'key' },
      gitRepositoryPullIntervalMs: 300_000,
      reconcileIntervalMs: 60_000,
      diffDiscovery: true,
      triggerUpdate: true,
      suspend: false,
      suspendGitPulls: false,
      publish: 'direct',
      prune: 'report',
      recoveryWindowDays: 30,
      adopt: [],
      ignoredFields: [],
      specDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('takes every field of the original controller', () => {
    expect(parse(everything)).toMatchObject({
      sourceRef: { kind: 'Application', name: 'app', namespace: 'argocd' },
      gitCredentials: { name: 'git', namespace: 'ci' },
      aws: { region: 'us-gov-west-1', roleArn: 'arn:aws-us-gov:iam::123456789012:role/writer' },
      secrets: everything.secrets,
      gitRepositoryPullIntervalMs: 5_400_000,
      reconcileIntervalMs: 86_400_000,
      diffDiscovery: false,
      triggerUpdate: false,
      suspend: true,
      suspendGitPulls: true,
      ignoredFields: ['spec.otel', 'spec.notifications', 'spec.logging', 'spec.hotReload'],
    })
  })

  it('takes nulls and empty texts for fields that are not set', () => {
    const spec = {
      ...secrets({ kustomizePath: null, basePath: '', prefix: '', suffix: null }),
      reconcileInterval: null,
      suspend: null,
      otel: null,
    }
    expect(parse(spec)).toMatchObject({ secrets: { environment: 'prod' }, reconcileIntervalMs: 60_000 })
    expect(Object.keys(parse(spec).secrets)).toEqual(['environment', 'layout'])
  })

  it('keeps the identity that the cluster gives', () => {
    const manifest = createConfigManifest()
    const metadata = { ...manifest.metadata, uid: 'u-1', generation: 3 }
    expect(parseConfig({ ...manifest, metadata }, 'prod')).toMatchObject({
      id: 'prod/apps/web',
      uid: 'u-1',
      generation: 3,
    })
  })

  it('reads what of its source is followed, and keeps nothing of what is plain', () => {
    const application = { kind: 'Application', name: 'app', namespace: 'argocd' }
    const choose = (more: object) => parse({ sourceRef: { ...application, ...more } })
    expect(choose({ source: 'web', revision: 'deployed' })).toMatchObject({
      sourceRef: application,
      choice: { source: 'web', revision: 'deployed' },
    })
    const all = parse({ sourceRef: { ...application, source: '*' }, ...secrets({}) })
    expect(all).toMatchObject({ choice: { source: '*' } })
    expect(catchError(() => choose({ source: '*' }))).toMatchObject({
      data: { path: 'spec.secrets.kustomizePath' },
    })
    expect(choose({ source: '', revision: 'latest' })).not.toHaveProperty('choice')
    const repository = { name: 'repo', namespace: 'flux-system' }
    const deployed = { sourceRef: { ...repository, revision: 'deployed' } }
    const followed = secrets({ kustomization: { name: 'apps' } })
    expect(parse({ ...followed, ...deployed }).choice).toEqual({ revision: 'deployed' })
    for (const [path, sourceRef] of [
      ['spec.sourceRef.revision', deployed.sourceRef],
      ['spec.sourceRef.revision', { ...application, revision: 'newest' }],
      ['spec.sourceRef.source', { ...repository, source: 'web' }],
      ['spec.sourceRef.source', { ...application, source: 'a b' }],
    ] as const)
      expect(catchError(() => parse({ sourceRef }))).toMatchObject({ code: 'ConfigInvalid', data: { path } })
  })

  it('looks for Git credentials beside the config', () => {
    const sourceRef = { name: 'repo', namespace: 'flux-system', gitCredentials: { name: 'git' } }
    expect(parse({ sourceRef })).toMatchObject({
      sourceRef: { kind: 'GitRepository' },
      gitCredentials: { name: 'git', namespace: 'apps' },
    })
  })

  it.each([
    ['.', ''],
    ['./overlays//prod/', 'overlays/prod'],
    ['overlays/dev/../prod', 'overlays/prod'],
  ])('reads the path %s', (kustomizePath, expected) => {
    expect(parse(secrets({ kustomizePath })).secrets.kustomizePath).toBe(expected)
  })

  it.each([
    ['spec.secrets', { secrets: undefined }],
    ['spec.secrets.environment', { secrets: {} }],
    ['spec.secrets.environment', secrets({ environment: 'Prod' })],
    ['spec.secrets.environment', secrets({ environment: 'x'.repeat(64) })],
    ['spec.secrets.prefix', secrets({ prefix: 'a/b' })],
    ['spec.secrets.suffix', secrets({ suffix: 'é' })],
    ['spec.secrets.kustomizePath', secrets({ kustomizePath: '../other' })],
    ['spec.secrets.kustomizePath', secrets({ kustomizePath: '/overlays' })],
    ['spec.secrets.basePath', secrets({ basePath: 'a\u0000b' })],
    ['spec.secrets.kustomisePath', secrets({ kustomisePath: 'x' })],
    ['spec.secrets.layout', secrets({ layout: 'both' })],
    ['spec.sourceRef.kind', { sourceRef: { kind: 'gitrepository', name: 'a', namespace: 'b' } }],
    ['spec.sourceRef.kind', { sourceRef: { kind: 'Bucket', name: 'a', namespace: 'b' } }],
    ['spec.sourceRef.name', { sourceRef: { name: 'A', namespace: 'b' } }],
    ['spec.sourceRef.namespace', { sourceRef: { name: 'a' } }],
    ['spec.reconcileInterval', { reconcileInterval: '59s' }],
    ['spec.reconcileInterval', { reconcileInterval: '1' }],
    ['spec.gitRepositoryPullInterval', { gitRepositoryPullInterval: '59999ms' }],
    ['spec.gitRepositoryPullInterval', { gitRepositoryPullInterval: 300 }],
    ['spec.suspend', { suspend: 'true' }],
    ['spec.prune', { prune: 'force' }],
    ['spec.recoveryWindowDays', { recoveryWindowDays: 6 }],
    ['spec.configs.parameterPath', { configs: { parameterPath: 'web' } }],
    ['spec.reconcilInterval', { reconcilInterval: '5m' }],
    ['spec.__proto__', JSON.parse('{"__proto__":{"suspend":true}}')],
    ['spec.constructor', { constructor: 1 }],
  ])('refuses an illegal %s', (path, spec) => {
    const expected = { code: 'ConfigInvalid', data: expect.objectContaining({ path }) }
    expect(() => parse(spec)).toThrow(expect.objectContaining(expected))
  })

  it.each([
    ['apiVersion', { apiVersion: 'secret-management.octopilot.io/v2' }],
    ['kind', { kind: 'Secret' }],
    ['metadata.name', { metadata: { name: 'a/b', namespace: 'apps' } }],
    ['metadata.namespace', { metadata: { name: 'web', namespace: 'a.b' } }],
    ['spec', { spec: undefined }],
  ])('refuses a manifest with an illegal %s', (path, fields) => {
    const expected = { code: 'ConfigInvalid', data: expect.objectContaining({ path }) }
    const manifest = { ...createConfigManifest(), ...fields }
    expect(() => parseConfig(manifest, 'local')).toThrow(expect.objectContaining(expected))
  })

  it('quotes no value, wherever a key was put by mistake', () => {
    const canary = 'canary-4d1'
    const misplaced = [
      { ...everything, reconcileInterval: canary },
      { ...everything, apiKey: canary },
      secrets({ prefix: `${canary}/` }),
      { provider: { aws: { region: canary } } },
      { provider: { aws: { region: 'eu-west-1', tags: { team: `${canary}*` } } } },
      { sourceRef: canary },
    ]
    for (const spec of misplaced) {
      expect(() => parse(spec)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(canary) }),
      )
    }
    expect(JSON.stringify(parse(everything))).not.toContain(canary)
  })
})
