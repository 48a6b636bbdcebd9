import { json } from 'node:stream/consumers'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { stubFunctionEnvironment } from '../../fakes/function-environment.ts'
import { createContext, createHttpEvent } from '../../fakes/lambda-events.ts'
import { startHttpServer } from '../../servers/http-server.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it('reads from DynamoDB', async () => {
  const actions: string[] = []
  const server = await startHttpServer(async (request, response) => {
    actions.push(String(request.headers['x-amz-target']).split('.').at(-1) ?? '')
    const { TableName } = (await json(request)) as { TableName: string }
    expect(TableName).toBe('smc-state')
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Items":[],"Count":0}')
  })
  onTestFinished(server.close)
  stubFunctionEnvironment(server.url)
  const { handler } = await import('../../../functions/api/index.ts')
  expect(await handler(createHttpEvent({ routeKey: 'GET /configs' }), createContext())).toMatchObject({
    statusCode: 200,
    body: '[]',
  })
  const parameters = { id: 'r1' }
  const unknown = createHttpEvent({ routeKey: 'GET /requests/{id}', parameters })
  expect(await handler(unknown, createContext())).toMatchObject({ statusCode: 404 })
  expect(new Set(actions)).toEqual(new Set(['Query', 'GetItem']))
})
