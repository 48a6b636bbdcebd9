import { afterEach, expect, it, vi } from 'vitest'
import { formatPoke, type Poke } from '../../../lib/core/poke.ts'
import { startAwsServer } from '../../fakes/aws-server.ts'
import { stubFunctionEnvironment } from '../../fakes/function-environment.ts'
import { createContext, createSqsEvent, createSqsRecord } from '../../fakes/lambda-events.ts'

const poke: Poke = {
  v: 1,
  kind: 'repository',
  id: 'github.com/acme/platform',
  trigger: 'webhook',
  requestId: 'r1',
  requestedAt: '2026-01-31T08:00:00.000Z',
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it('looks up who follows a repository, and acknowledges', async () => {
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url)
  const { handler } = await import('../../../functions/worker/index.ts')
  const event = createSqsEvent(createSqsRecord('m1', 'g1', formatPoke(poke)))
  expect(await handler(event, createContext())).toEqual({ batchItemFailures: [] })
  expect(aws.calls).toMatchObject([{ action: 'Query', input: { TableName: 'smc-state' } }])
})

it.each(['VERSION_KEY_ARN', 'ACCOUNT', 'CONFIG_SOURCES', 'DEPLOYMENT'])(
  'does not start without %s',
  async (variable) => {
    stubFunctionEnvironment('http://127.0.0.1:9', { [variable]: '' })
    await expect(import('../../../functions/worker/index.ts')).rejects.toMatchObject({
      code: 'EnvironmentInvalid',
      data: { variable },
    })
  },
)

it('does not start for a cluster without a policy, and does with one', async () => {
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url, { CONFIG_SOURCES: 'prod=cluster://prod' })
  const index = '../../../functions/worker/index.ts'
  await expect(import(index)).rejects.toMatchObject({ code: 'PolicyMissing' })
  vi.resetModules()
  vi.stubEnv('POLICY', 'single')
  expect(await import(index)).toHaveProperty('handler')
})
