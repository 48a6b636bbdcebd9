import { text } from 'node:stream/consumers'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEventBridgeNotify } from '../../../../lib/adapters/notify/eventbridge.ts'
import type { Notify } from '../../../../lib/ports.ts'
import { everyEvent, testNotify } from '../../../contracts/notify.ts'
import { startHttpServer } from '../../../servers/http-server.ts'

interface Entry {
  readonly EventBusName: string
  readonly Source: string
  readonly DetailType: string
  readonly Time: number
  readonly Detail: string
}

let server: Awaited<ReturnType<typeof startHttpServer>>
let client: EventBridgeClient
let notify: Notify
let batches: Entry[][]
let refusal: string | undefined
let failed: number

beforeEach(async () => {
  batches = []
  refusal = undefined
  failed = 0
  server = await startHttpServer(async (request, response) => {
    const { Entries } = JSON.parse(await text(request)) as { Entries: Entry[] }
    if (refusal === undefined) batches.push(Entries)
    const failures = Array.from({ length: failed }, () => ({ ErrorCode: 'ThrottlingException' }))
    const answer = refusal
      ? { __type: refusal, message: 'canary-bus-message' }
      : { FailedEntryCount: failed, Entries: failures }
    response.writeHead(refusal ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(answer))
  })
  client = new EventBridgeClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  notify = createEventBridgeNotify({ client, bus: 'default', deployment: 'prod' })
})

afterEach(async () => {
  client.destroy()
  await server.close()
})

testNotify('eventbridge', async () => ({
  notify,
  readArrived: () => batches.flat().map((entry) => JSON.stringify(entry)),
}))

describe('createEventBridgeNotify', () => {
  it('says on which bus, from whom, of what kind and when', async () => {
    await notify(everyEvent.slice(1, 2))
    const [[entry] = []] = batches
    expect(entry).toMatchObject({
      EventBusName: 'default',
      Source: 'secret-manager-controller',
      DetailType: 'Config Failed',
      Time: Date.parse('2026-01-31T08:00:00.000Z') / 1000,
    })
    expect(JSON.parse(entry?.Detail ?? '')).toEqual({ deployment: 'prod', ...everyEvent[1] })
  })

  it('sends ten at a time', async () => {
    await notify([...everyEvent, ...everyEvent])
    expect(batches.map(({ length }) => length)).toEqual([10, 2])
  })

  it('says what was not taken, without the words of AWS', async () => {
    const unavailable = { code: 'NotifyUnavailable', message: expect.not.stringContaining('canary') }
    refusal = 'AccessDeniedException'
    await expect(notify(everyEvent)).rejects.toMatchObject(unavailable)
    refusal = undefined
    failed = 1
    await expect(notify(everyEvent)).rejects.toMatchObject({
      ...unavailable,
      data: { bus: 'default', error: 'ThrottlingException' },
    })
  })
})
