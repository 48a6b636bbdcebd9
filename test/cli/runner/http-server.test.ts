import { once } from 'node:events'
import { connect } from 'node:net'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { afterEach, describe, expect, it } from 'vitest'
import { type HttpServer, type HttpServerOptions, startHttpServer } from '../../../cli/runner/http-server.ts'
import { createHttpStack } from '../../../lib/adapters/lambda/http-stack.ts'
import { errorTable, SyncError } from '../../../lib/core/errors.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { sendRequest } from '../../fakes/http-request.ts'
import { createRecordingTelemetry } from '../../fakes/recording-telemetry.ts'

const bearer = { authorization: 'Bearer token' }
const events: APIGatewayProxyEventV2[] = []
let server: HttpServer

async function start(options: Partial<HttpServerOptions> = {}): Promise<string> {
  const telemetry = createRecordingTelemetry()
  const handle = createHttpStack(async (event) => {
    events.push(event)
    if (event.routeKey === 'GET /failing') throw new SyncError('StateUnavailable')
    return { statusCode: 202, headers: { 'Content-Type': 'application/json' }, body: '{"ok":true}' }
  }, telemetry)
  server = await startHttpServer({
    port: 0,
    token: 'token',
    caller: 'ada',
    functions: [
      { name: 'webhook', routeKeys: ['POST /webhooks/{host}'], handle, wantsToken: false },
      { name: 'api', routeKeys: ['GET /configs', 'GET /failing'], handle, wantsToken: true },
    ],
    telemetry,
    clock: createFakeClock(),
    ...options,
  })
  return server.url
}

afterEach(async () => {
  events.length = 0
  await server.close()
})

describe('startHttpServer', () => {
  it('makes the event that API Gateway makes, and sends the answer of the function', async () => {
    const url = await start()
    const body = Buffer.from([0xff, 0x00, 0x7b])
    const headers = { 'X-Hub-Signature-256': 'sha256=0', 'content-type': 'application/json' }
    const answer = await sendRequest(`${url}/webhooks/git%68ub?a=1&b=?`, { method: 'POST', headers, body })
    expect(answer).toMatchObject({ status: 202, text: '{"ok":true}' })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    })
    expect(events).toMatchObject([
      {
        version: '2.0',
        routeKey: 'POST /webhooks/{host}',
        rawPath: '/webhooks/git%68ub',
        rawQueryString: 'a=1&b=?',
        queryStringParameters: { a: '1', b: '?' },
        headers: { 'x-hub-signature-256': 'sha256=0' },
        pathParameters: { host: 'github' },
        body: body.toString('base64'),
        isBase64Encoded: true,
      },
    ])
  })

  it('names the bearer of the token as the authorizer of API Gateway does, and nobody else', async () => {
    const url = await start()
    await sendRequest(`${url}/configs`, { headers: bearer })
    await sendRequest(`${url}/webhooks/github`, { method: 'POST', headers: bearer })
    const authorizer = { jwt: { claims: { sub: 'ada' } } }
    expect(events[0]?.requestContext).toMatchObject({ authorizer })
    expect(events[1]?.requestContext).not.toHaveProperty('authorizer')
  })

  it('answers the errors of a function with their status', async () => {
    const answer = await sendRequest(`${await start()}/failing`, { headers: bearer })
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([503, 'StateUnavailable'])
  })

  it.each([
    { what: 'no token', path: '/configs', headers: {}, code: 'Unauthenticated' },
    {
      what: 'a wrong token',
      path: '/configs',
      headers: { authorization: 'Bearer other' },
      code: 'Unauthenticated',
    },
    { what: 'an unknown path', path: '/other', headers: bearer, code: 'RouteNotFound' },
    {
      what: 'a foreign host',
      path: '/configs',
      headers: { ...bearer, host: 'evil.example' },
      code: 'RequestForbidden',
    },
    {
      what: 'a foreign origin',
      path: '/webhooks/github',
      headers: { origin: 'http://evil.example' },
      code: 'RequestForbidden',
    },
  ] as const)('refuses $what', async ({ path, headers, code }) => {
    const answer = await sendRequest(`${await start()}${path}`, { headers })
    expect(answer.status).toBe(errorTable[code].status)
    expect(JSON.parse(answer.text)).toEqual({ code, hint: errorTable[code].hint })
    expect(events).toEqual([])
  })

  it('takes a body of the limit and refuses one byte more', async () => {
    const url = `${await start()}/webhooks/github`
    const largest = Buffer.alloc(3 * 1024 * 1024, 0x20)
    expect((await sendRequest(url, { method: 'POST', body: largest })).status).toBe(202)
    const larger = await sendRequest(url, {
      method: 'POST',
      body: Buffer.concat([largest, Buffer.from(' ')]),
    })
    expect(larger.status).toBe(413)
    expect(events).toHaveLength(1)
  })

  it('ends a request whose headers or body do not come', async () => {
    const limits = { headersTimeoutMs: 50, requestTimeoutMs: 100 }
    const { port } = new URL(await start({ limits }))
    for (const start of [
      'GET /configs HTTP/1.1\r\n',
      `POST /webhooks/github HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-length: 9\r\n\r\n`,
    ]) {
      const socket = connect(Number(port), '127.0.0.1')
      socket.write(start)
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /)
      await once(socket, 'close')
    }
  })

  it('hands mounted paths over, behind the check of the host', async () => {
    const url = await start({ mounts: { '/git': (_, response) => void response.end('mounted') } })
    expect((await sendRequest(`${url}/git/info/refs`)).text).toBe('mounted')
    expect((await sendRequest(`${url}/gitlab`)).status).toBe(404)
    expect((await sendRequest(`${url}/git`, { headers: { host: 'evil.example' } })).status).toBe(403)
  })

  it('listens on the loopback interface only', async () => {
    expect(await start()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('refuses a port that is taken', async () => {
    await start()
    await expect(start({ port: server.port })).rejects.toMatchObject({ code: 'UsageInvalid' })
  })

  it('cuts open requests when it closes', async () => {
    const url = await start({ mounts: { '/slow': () => {} } })
    const open = sendRequest(`${url}/slow`).catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 20))
    await server.close()
    expect(await open).toBe('cut')
  })
})
