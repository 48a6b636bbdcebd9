import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { createPowertoolsTelemetry } from '../../lib/adapters/telemetry/powertools.ts'
import { type Metric, metricDimensions } from '../../lib/core/metric.ts'
import { formatPoke } from '../../lib/core/poke.ts'
import { startAwsServer } from '../fakes/aws-server.ts'
import { stubFunctionEnvironment } from '../fakes/function-environment.ts'
import { createContext, createSqsEvent, createSqsRecord } from '../fakes/lambda-events.ts'

const root = join(import.meta.dirname, '../..')
const namespace = 'SecretManagerController/prod'

interface Alarm {
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[]
}

/** Tags of CloudFormation are read as what they stand before. */
function readInfra(name: string): {
  Resources: Record<string, { Properties: Alarm & { DashboardBody: string } }>
} {
  const text = readFileSync(join(root, 'infra', name), 'utf8')
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the Serverless Framework fills it in
  return parse(text.replaceAll('${param:deployment}', 'prod'), { logLevel: 'silent' })
}

const alarms = Object.entries(readInfra('alarms.yml').Resources).map(
  ([name, { Properties }]) => [name, Properties] as const,
)
const own = alarms.filter(([, { Namespace }]) => Namespace === namespace)

/** Metrics of AWS that alarms watch, with the dimensions that AWS gives them. */
const awsMetrics: Readonly<Record<string, readonly string[]>> = {
  'AWS/SQS ApproximateNumberOfMessagesVisible': ['QueueName'],
  'AWS/SQS ApproximateAgeOfOldestMessage': ['QueueName'],
  'AWS/Lambda Errors': ['FunctionName'],
  // Of an HTTP API with detailed metrics.
  'AWS/ApiGateway 4xx': ['ApiId', 'Stage', 'Method', 'Resource'],
}

interface Emitted {
  readonly name: string
  /** `<name>=<value>` of each dimension. */
  readonly dimensions: readonly string[]
}

const printed: string[] = []

/** What CloudWatch makes of the lines that were printed. */
function listEmitted(): Emitted[] {
  return printed
    .map((line) => JSON.parse(line))
    .filter((line) => '_aws' in line)
    .flatMap((line) =>
      line._aws.CloudWatchMetrics.flatMap(
        (found: { Namespace: string; Metrics: { Name: string }[]; Dimensions: string[][] }) =>
          found.Namespace === namespace
            ? found.Metrics.flatMap(({ Name }) =>
                found.Dimensions.map((names) => ({
                  name: Name,
                  dimensions: names.map((name) => `${name}=${line[name]}`).sort(),
                })),
              )
            : [],
      ),
    )
}

/** The metric that one of our alarms watches. */
function describeWatched(name: string): Emitted | undefined {
  const alarm = own.find(([known]) => known === name)?.[1]
  const dimensions = alarm?.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()
  return alarm && { name: alarm.MetricName, dimensions: dimensions ?? [] }
}

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_DEV', 'true')
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', namespace)
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((text: string) => void printed.push(text))
  }
})

afterEach(() => {
  printed.length = 0
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  vi.resetModules()
})

describe('the alarms', () => {
  it.each(alarms.filter(([, { Namespace }]) => Namespace !== namespace))(
    '%s watches a metric that AWS has',
    (_, { Namespace, MetricName, Dimensions }) => {
      expect(Dimensions.map(({ Name }) => Name)).toEqual(awsMetrics[`${Namespace} ${MetricName}`])
    },
  )

  it('that watch metrics of ours are these', () => {
    expect(own.map(([name]) => name)).toEqual(['SilentReconcileAlarm', 'FailingSweepsAlarm'])
  })

  it('wait for what the reconcile function really emits, under that name and with those dimensions', async () => {
    const aws = await startAwsServer()
    stubFunctionEnvironment(aws.url, { POWERTOOLS_METRICS_DISABLED: 'false' })
    const { handler } = await import('../../functions/reconcile/index.ts')
    await handler({}, createContext())
    expect(listEmitted()).toContainEqual(describeWatched('SilentReconcileAlarm'))
  })

  it('watch what the worker function really emits when a sweep fails', async () => {
    stubFunctionEnvironment('http://127.0.0.1:9', { POWERTOOLS_METRICS_DISABLED: 'false' })
    const { handler } = await import('../../functions/worker/index.ts')
    const poke = { v: 1, kind: 'sweep', id: '1/eu-west-1', trigger: 'schedule' } as const
    const body = formatPoke({ ...poke, requestId: 'r1', requestedAt: '2026-01-31T08:00:00.000Z' })
    await handler(createSqsEvent(createSqsRecord('m1', 'g1', body)), createContext())
    expect(listEmitted()).toContainEqual(describeWatched('FailingSweepsAlarm'))
  })
})

describe('the dashboard', () => {
  const body = readInfra('dashboard.yml').Resources['Dashboard']?.Properties.DashboardBody ?? ''
  const searched = [...body.matchAll(/\{[^{}]*,service,(\w+)\} MetricName=\\?"(\w+)\\?"/g)].map(
    ([, dimension = '', metric = '']) => [metric, dimension] as const,
  )
  const shown = [...body.matchAll(/"(PushToCurrent|SyncDuration|DriftRepaired|EventsLost)"/g)].map(
    ([, metric = '']) => metric,
  )

  it('tells metrics apart by what they are measured by', () => {
    for (const [metric, dimension] of searched) {
      expect([metric, metricDimensions[metric as Metric]]).toEqual([metric, dimension])
    }
    for (const metric of shown) expect([metric, metricDimensions[metric as Metric]]).toEqual([metric, null])
  })

  it('shows metrics with the dimensions that they are emitted with', () => {
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
    const telemetry = createPowertoolsTelemetry({
      logger: new Logger({ serviceName: 'worker' }),
      metrics: new Metrics({ serviceName: 'worker' }),
    })
    expect(searched.length + shown.length).toBeGreaterThan(5)
    for (const [metric, name] of searched) telemetry.measure(metric as Metric, 1, { name, value: 'x' })
    for (const metric of shown) telemetry.measure(metric as Metric, 1)
    const emitted = listEmitted()
    for (const [name, dimension] of searched) {
      expect(emitted).toContainEqual({ name, dimensions: [`${dimension}=x`, 'service=worker'].sort() })
    }
    for (const name of shown) expect(emitted).toContainEqual({ name, dimensions: ['service=worker'] })
  })
})
