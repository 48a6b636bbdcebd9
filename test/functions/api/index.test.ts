import { afterEach, expect, it, vi } from 'vitest'
import { startAwsServer } from '../../fakes/aws-server.ts'
import { stubFunctionEnvironment } from '../../fakes/function-environment.ts'
import { createContext, createHttpEvent } from '../../fakes/lambda-events.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it('reads from DynamoDB', async () => {
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url)
  const { handler } = await import('../../../functions/api/index.ts')
  const list = createHttpEvent({ routeKey: 'GET /configs' })
  expect(await handler(list, createContext())).toMatchObject({ statusCode: 200, body: '[]' })
  const unknown = createHttpEvent({ routeKey: 'GET /requests/{id}', parameters: { id: 'r1' } })
  expect(await handler(unknown, createContext())).toMatchObject({ statusCode: 404 })
  expect(new Set(aws.calls.map(({ action, input }) => `${action} ${input.TableName}`))).toEqual(
    new Set(['Query smc-state', 'GetItem smc-state']),
  )
})
