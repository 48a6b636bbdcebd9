import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPowertoolsTelemetry } from '../../../../lib/adapters/telemetry/powertools.ts'

/** What the tools have printed, parsed; they hold on to the console of their module. */
const printed: Record<string, unknown>[] = []

function createTelemetry() {
  const logger = new Logger({ serviceName: 'worker', logLevel: 'INFO' })
  const metrics = new Metrics({ namespace: 'smc', serviceName: 'worker' })
  return createPowertoolsTelemetry({ logger, metrics })
}

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_DEV', 'true')
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((text: string) => void printed.push(JSON.parse(text)))
  }
})

afterEach(() => {
  printed.length = 0
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('createPowertoolsTelemetry', () => {
  it('logs the allowed fields beside the message', () => {
    createTelemetry().log('warn', 'step done', { configId: 'demo/shop/app', durationMs: 3 })
    expect(printed).toMatchObject([
      { level: 'WARN', message: 'step done', service: 'worker', configId: 'demo/shop/app', durationMs: 3 },
    ])
  })

  it('prints no error that is handed to it', () => {
    const smuggled: object = { error: new Error('canary'), code: new Error('canary') }
    createTelemetry().log('error', 'step failed', smuggled)
    expect(JSON.stringify(printed)).not.toContain('canary')
  })

  it('prints each measure in the embedded metric format', () => {
    createTelemetry().measure('DeliveriesRefused', 1, { name: 'code', value: 'SignatureInvalid' })
    createTelemetry().measure('SyncDuration', 250)
    expect(printed).toMatchObject([
      { service: 'worker', code: 'SignatureInvalid', DeliveriesRefused: 1 },
      {
        SyncDuration: 250,
        _aws: { CloudWatchMetrics: [{ Namespace: 'smc', Metrics: [{ Unit: 'Milliseconds' }] }] },
      },
    ])
    expect(printed[1]).not.toHaveProperty('code')
  })
})
