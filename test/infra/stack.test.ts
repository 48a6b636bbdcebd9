import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { apiRouteKeys } from '../../functions/api/handler.ts'
import { webhookRouteKeys } from '../../functions/webhook/handler.ts'
import { describeBundles } from './checks/bundles.ts'
import { describePermissions } from './checks/permissions.ts'
import { describeTemplate } from './checks/template.ts'
import { type PackagedStack, packageStack, type Resource, type Template } from './package-stack.ts'
import { listDanglingReferences } from './references.ts'
import { listZipEntries } from './zip-entries.ts'

const functionNames = ['webhook', 'worker', 'reconcile', 'api'] as const

let stack: PackagedStack
let template: Template

beforeAll(() => {
  stack = packageStack()
  template = stack.template
}, 300_000)

const get = (id: string): Resource => {
  const resource = template.Resources[id]
  if (!resource) throw new Error(`no resource ${id}`)
  return resource
}
const listOfType = (type: string) =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type)

describe('the template', () => {
  it('refers to nothing that it does not define', () => {
    expect(listDanglingReferences(template)).toEqual([])
  })

  it('gives each function a role and a log group of its own, and makes no shared role', () => {
    const roles = listOfType('AWS::Lambda::Function').map(([, { Properties }]) => Properties['Role'])
    expect(new Set(roles.map((role) => JSON.stringify(role))).size).toBe(functionNames.length)
    expect(template.Resources).not.toHaveProperty('IamRoleLambdaExecution')
    const groups = listOfType('AWS::Logs::LogGroup')
    expect(groups).toHaveLength(functionNames.length + 1)
    for (const [, { Properties }] of groups) expect(Properties).toMatchObject({ RetentionInDays: 30 })
  })

  it('runs every function on Node 24 for arm64, traced', () => {
    for (const [, { Properties }] of listOfType('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
      })
      expect(Properties).not.toHaveProperty('VpcConfig')
    }
  })

  it('keeps the table: unnamed, on demand, recoverable, encrypted, with a time to live', () => {
    const table = get('StateTable')
    expect(table).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    })
    expect(table.Properties).not.toHaveProperty('TableName')
  })

  it('keeps the key of version ids, under a name that no second key can take', () => {
    const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }
    expect(get('VersionKey')).toMatchObject({
      ...kept,
      Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    })
    expect(get('VersionKeyAlias')).toMatchObject({
      ...kept,
      Properties: { AliasName: 'alias/smc-prod-version-key', TargetKeyId: { Ref: 'VersionKey' } },
    })
    expect(get('StateTable').DependsOn).toContain('VersionKeyAlias')
  })

  it('throttles webhooks, and lets nobody at the API without a signature', () => {
    expect(get('HttpApiStage').Properties['RouteSettings']).toEqual({
      'POST /webhooks/{host}': {
        ThrottlingRateLimit: 20,
        ThrottlingBurstLimit: 100,
        DetailedMetricsEnabled: true,
      },
    })
    const routes = listOfType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties)
    const keysOf = (authorization: string) =>
      routes
        .filter((route) => (route['AuthorizationType'] ?? 'NONE') === authorization)
        .map((route) => route['RouteKey'])
    expect(keysOf('AWS_IAM').toSorted()).toEqual([...apiRouteKeys].toSorted())
    expect(keysOf('NONE')).toEqual([...webhookRouteKeys])
  })

  it.each(['Watch', 'Sync'])('has the %s queue in high-throughput mode with dead letters', (name) => {
    expect(get(`${name}Queue`).Properties).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 330,
      RedrivePolicy: { maxReceiveCount: 5 },
    })
    expect(get(`${name}Queue`).Properties).not.toHaveProperty('ContentBasedDeduplication')
    expect(get(`${name}DeadLetters`).Properties).toMatchObject({ FifoQueue: true })
    expect(get(`WorkerEventSourceMappingSQS${name}Queue`).Properties).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 20 },
    })
  })

  it('gives a message back after the worker is out of time for certain', () => {
    const timeout = Number(get('WorkerLambdaFunction').Properties['Timeout'])
    expect(timeout).toBe(300)
    expect(Number(get('SyncQueue').Properties['VisibilityTimeout'])).toBeGreaterThanOrEqual(timeout + 30)
  })

  it('passes each minute, and repeats no pass', () => {
    const once = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 }
    expect(get('ReconcileSchedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { RetryPolicy: once },
    })
    expect(get('ReconcileInvokeConfig').Properties).toMatchObject(once)
  })

  it('alarms for dead letters, old messages, crashes, refusals, silence and failing sweeps', () => {
    const alarms = Object.fromEntries(
      listOfType('AWS::CloudWatch::Alarm').map(([id, { Properties }]) => [
        id,
        Properties['TreatMissingData'],
      ]),
    )
    expect(alarms).toEqual({
      WatchDeadLettersAlarm: 'notBreaching',
      SyncDeadLettersAlarm: 'notBreaching',
      WatchAgeAlarm: 'notBreaching',
      SyncAgeAlarm: 'notBreaching',
      WorkerErrorsAlarm: 'notBreaching',
      WebhookRefusalsAlarm: 'notBreaching',
      SilentReconcileAlarm: 'breaching',
      FailingSweepsAlarm: 'notBreaching',
    })
  })
})

describe('the zips', () => {
  it.each(functionNames)('hold of %s its own chunks alone', (name) => {
    const entries = listZipEntries(join(stack.directory, `${name}.zip`))
    const foreign = entries.filter((entry) => !entry.startsWith(`functions/${name}/`))
    expect(entries).toContain(`functions/${name}/index.mjs`)
    expect(entries.filter((entry) => entry.endsWith('-meta.json'))).toEqual([])
    expect(foreign).toEqual(['worker', 'reconcile'].includes(name) ? ['manifests/README.md'] : [])
  })
})

describeTemplate(() => template)
describePermissions(() => template)
describeBundles((name) => stack.readMetafile(name))
