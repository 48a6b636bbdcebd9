import { expect, it } from 'vitest'
import { createConfigManifest } from '../../contracts/config-source.ts'
import type { KubeObject } from './control-plane/admin.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'

describeCluster('the kind SecretManagerConfig', (cluster) => {
  const config = (spec: Readonly<Record<string, unknown>> = {}): KubeObject => {
    const manifest = createConfigManifest('web')
    return {
      ...manifest,
      metadata: { ...manifest.metadata },
      spec: { ...(manifest.spec as object), ...spec },
    }
  }
  const create = async (object: KubeObject) => {
    const { status, body } = await cluster.plane.admin.request(
      'POST',
      '/apis/secret-management.octopilot.io/v1beta1/namespaces/apps/secretmanagerconfigs?fieldValidation=Strict&dryRun=All',
      { body: object },
    )
    return { status, message: (body as { message?: string }).message ?? '' }
  }

  it('takes what the original controller takes', async () => {
    const original = config({
      provider: {
        type: 'aws',
        aws: {
          region: 'eu-west-1',
          auth: { authType: 'irsa', roleArn: 'arn:aws:iam::123456789012:role/x' },
        },
      },
      secrets: {
        environment: 'dev',
        kustomizePath: './overlays/dev',
        basePath: null,
        prefix: 'web',
        suffix: null,
      },
      configs: { enabled: false, store: 'secretManager' },
      otel: { type: 'otlp', endpoint: 'http://otel:4317' },
      gitRepositoryPullInterval: '5m',
      reconcileInterval: '1h30m',
      diffDiscovery: true,
      triggerUpdate: true,
      suspend: false,
      suspendGitPulls: false,
      notifications: { fluxcd: { providerRef: { name: 'slack' } } },
      logging: { secrets: 'INFO' },
      hotReload: { enabled: true },
    })
    expect(await create(original)).toEqual({ status: 201, message: '' })
  })

  it('takes null for what is not set', async () => {
    const secrets = { environment: 'dev', layout: 'secret', nameTemplate: null, kustomizePath: null }
    const sourceRef = { name: 'infra', namespace: 'flux-system', gitCredentials: null }
    const spec = { secrets, sourceRef, adopt: null, configs: null, logging: null, otel: null }
    expect(await create(config(spec))).toEqual({ status: 201, message: '' })
  })

  it('takes secrets and parameters for adoption', async () => {
    const secret = { name: 'legacy/db', versionId: 'a'.repeat(32) }
    const adopt = [secret, { name: 'ssm:/legacy/log_level', version: 7 }]
    expect(await create(config({ adopt }))).toEqual({ status: 201, message: '' })
  })

  it.each([
    ['an unknown field', { prunes: 'report' }, /unknown field "spec\.prunes"/],
    ['no provider', { provider: {} }, /exactly one of aws, gcp and azure/],
    ['two providers', { provider: { aws: { region: 'eu-west-1' }, gcp: {} } }, /exactly one of/],
    [
      'another kind of source',
      { sourceRef: { kind: 'Bucket', name: 'a', namespace: 'b' } },
      /sourceRef\.kind/,
    ],
    ['no region', { provider: { aws: { region: 'nowhere' } } }, /provider\.aws\.region/],
    ['a duration of another form', { reconcileInterval: '5 minutes' }, /reconcileInterval/],
    ['a short recovery window', { recoveryWindowDays: 6 }, /recoveryWindowDays/],
    ['a parameter to adopt without its number', { adopt: [{ name: 'ssm:/a' }] }, /with its version/],
    ['a secret to adopt by a number', { adopt: [{ name: 'a', version: 7 }] }, /with its versionId/],
    [
      'a template that cannot be filled',
      { secrets: { environment: 'dev', layout: 'secret', nameTemplate: '{{name}}/{{key}}' } },
      /must not hold \{\{key\}\}/,
    ],
  ])('refuses %s', async (_, spec, message) => {
    const answer = await create(config(spec))
    expect(answer.message).toMatch(message)
    expect([400, 422]).toContain(answer.status)
  })

  it('fills in the defaults and shows the state as columns', async () => {
    await cluster.plane.admin.apply(config())
    expect(await cluster.plane.admin.read(config())).toMatchObject({
      spec: { gitRepositoryPullInterval: '5m', reconcileInterval: '1m', prune: 'report', suspend: false },
    })
    const { body } = await cluster.plane.admin.request(
      'GET',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/secretmanagerconfigs.secret-management.octopilot.io',
    )
    expect(body).toMatchObject({
      status: { acceptedNames: { shortNames: ['smc'] } },
      spec: {
        versions: [
          {
            additionalPrinterColumns: expect.arrayContaining([expect.objectContaining({ name: 'Ready' })]),
          },
        ],
      },
    })
  })
})
