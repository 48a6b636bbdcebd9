import { describe, expect, it } from 'vitest'
import {
  parseApiSettings,
  parseReconcileSettings,
  parseWebhookSettings,
  parseWorkerSettings,
} from '../../lib/env.ts'

const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`
const common = {
  STATE_TABLE: 'smc-state',
  WATCH_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/smc-watch.fifo',
  SYNC_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/smc-sync.fifo',
}
const webhook = {
  ...common,
  WEBHOOK_SECRET_ARNS: `github=${arn('new')} github=${arn('old')} gitlab=${arn('lab')}`,
}

describe('parseApiSettings', () => {
  it('reads the table and the queues', () => {
    expect(parseApiSettings({ ...common, OTHER: 'x' })).toEqual({
      stateTable: 'smc-state',
      queueUrls: { watch: common.WATCH_QUEUE_URL, sync: common.SYNC_QUEUE_URL },
    })
  })

  it.each([
    ['STATE_TABLE', undefined],
    ['STATE_TABLE', ''],
    ['SYNC_QUEUE_URL', 'smc-sync.fifo'],
    ['WATCH_QUEUE_URL', 'ftp://queue'],
  ])('names %s when it is %j', (variable, value) => {
    expect(() => parseApiSettings({ ...common, [variable]: value })).toThrow(
      expect.objectContaining({ code: 'EnvironmentInvalid', data: { variable } }),
    )
  })
})

describe('parseWebhookSettings', () => {
  it('groups the ARNs of the secrets by Git host', () => {
    expect(parseWebhookSettings(webhook).webhookSecretArns).toEqual(
      new Map([
        ['github', [arn('new'), arn('old')]],
        ['gitlab', [arn('lab')]],
      ]),
    )
  })

  it.each([undefined, '', ' ', 'github', 'github=', `=${arn('x')}`, arn('x'), `github=${arn('x')} secret`])(
    'refuses %j for the ARNs and does not repeat it',
    (value) => {
      expect(() => parseWebhookSettings({ ...webhook, WEBHOOK_SECRET_ARNS: value })).toThrow(
        expect.objectContaining({ code: 'EnvironmentInvalid', data: { variable: 'WEBHOOK_SECRET_ARNS' } }),
      )
    },
  )
})

const reconcile = {
  ...common,
  DEPLOYMENT: 'prod',
  CONFIG_SOURCES: 'own=manifests team=s3://acme/smc prod=cluster://prod',
  CREDENTIALS_PREFIX: 'smc/prod/',
}
const worker = {
  ...reconcile,
  ACCOUNT: '123456789012',
  VERSION_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:key/1',
  EVENT_BUS: 'default',
  LIST_LAG_SECONDS: '360',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
}

describe('parseReconcileSettings', () => {
  it('reads where configs are', () => {
    expect(parseReconcileSettings(reconcile)).toMatchObject({
      deployment: 'prod',
      configLocations: [
        { kind: 'directory', name: 'own', path: 'manifests' },
        { kind: 's3', name: 'team', bucket: 'acme', prefix: 'smc' },
        { kind: 'cluster', name: 'prod', kubeconfig: 'prod', argocdNamespace: 'argocd' },
      ],
      credentialsPrefix: 'smc/prod/',
      policy: '',
    })
  })

  it.each([undefined, '', 'manifests', 'a=b a=c', 'a=b ftp'])('refuses %j for the sources', (value) => {
    expect(() => parseReconcileSettings({ ...reconcile, CONFIG_SOURCES: value })).toThrow(
      expect.objectContaining({ code: 'EnvironmentInvalid', data: { variable: 'CONFIG_SOURCES' } }),
    )
  })
})

describe('parseWorkerSettings', () => {
  it('reads lists that may be empty', () => {
    expect(
      parseWorkerSettings({ ...worker, ALLOWED_HOSTS: 'a.test, b.test:8443', KMS_ROLE_ARNS: 'r' }),
    ).toMatchObject({
      account: '123456789012',
      kms: { keyArns: [], roleArns: ['r'] },
      allowedHosts: ['a.test', 'b.test:8443'],
      eventBus: 'default',
      listLagMs: 360_000,
      memoryBytes: 1_073_741_824,
    })
  })

  it.each([
    ['ACCOUNT', '123'],
    ['VERSION_KEY_ARN', ''],
    ['AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '0'],
    ['DEPLOYMENT', undefined],
    ['CREDENTIALS_PREFIX', ''],
  ])('names %s when it is %j', (variable, value) => {
    expect(() => parseWorkerSettings({ ...worker, [variable]: value })).toThrow(
      expect.objectContaining({ code: 'EnvironmentInvalid', data: { variable } }),
    )
  })
})
