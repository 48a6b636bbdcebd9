import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDynamodbState } from '../../../../lib/adapters/state/dynamodb.ts'
import type { Lease } from '../../../../lib/core/state/records.ts'
import type { StateStore } from '../../../../lib/ports.ts'
import { createHead, testStateStore } from '../../../contracts/state-store.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts'
import { type DynamodbServer, startDynamodbServer } from '../../../fakes/dynamodb-server.ts'

let server: DynamodbServer
let client: DynamoDBClient
let clock: FakeClock
let state: StateStore

beforeEach(async () => {
  server = await startDynamodbServer()
  clock = createFakeClock()
  client = new DynamoDBClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 2,
  })
  state = createDynamodbState({ client, tableName: 'state', clock })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

testStateStore('dynamodb', async () => ({
  state,
  clock,
  raiseSchema: async () => {
    for (const [key, row] of server.rows) {
      if (row['schemaVersion']) server.rows.set(key, { ...row, schemaVersion: { N: '2' } })
    }
  },
  dump: async () => JSON.stringify([...server.rows].sort()),
}))

const writes = Array.from({ length: 20_000 }, (_, n) => ({ name: `ä-${n}/password` }))
const revision = { ref: 'main', commit: '0'.repeat(40) }
const lease: Lease = { holder: 'x', trigger: 'webhook', until: '2026-01-31T08:00:00.000Z', revision, writes }

describe('createDynamodbState', () => {
  it('puts what expires under the time to live of the table', async () => {
    const expiresAt = '2026-01-31T08:00:00.001Z'
    await state.writeRequest(
      { requestId: 'q', configId: 'c', kind: 'sync', requestedAt: expiresAt, state: 'done' },
      expiresAt,
    )
    expect([...server.rows.values()]).toMatchObject([{ ttl: { N: '1769846401' } }])
  })

  it('leaves no parts behind when a long body is replaced, refused or removed', async () => {
    const long = createHead('c/n/a', { lease })
    await state.writeHead(long, null)
    expect(server.rows.size).toBeGreaterThan(2)
    await state.writeHead({ ...long, attempt: 1 }, long)
    const { size } = server.rows
    await expect(state.writeHead({ ...long, attempt: 2 }, long)).rejects.toMatchObject({
      code: 'StateConflict',
    })
    expect(server.rows.size).toBe(size)
    expect(await state.readHead('c/n/a')).toEqual({ ...long, attempt: 1 })
    await state.writeHead(createHead('c/n/a'), { ...long, attempt: 1 })
    expect(server.rows.size).toBe(1)
  })

  it('reads again when a long body is replaced while it is read', async () => {
    const short = createHead('c/n/a')
    await state.writeHead(short, null)
    const later = [...server.rows]
    await state.writeHead(createHead('c/n/a', { lease }), short)
    server.refuse = (action) => {
      // The row was read; before its parts are, somebody else writes.
      if (action === 'Query') server.rows.clear()
      for (const [key, row] of action === 'Query' ? later : []) server.rows.set(key, row)
      return undefined
    }
    expect(await state.readHead('c/n/a')).toEqual(short)
  })

  it('knows its own write when the answer was lost', async () => {
    let lost = 1
    server.loseAnswer = (action) => action === 'PutItem' && lost-- > 0
    await state.writeHead(createHead('c/n/a'), null)
    expect(server.calls).toEqual(['PutItem', 'PutItem'])
    expect(await state.readHead('c/n/a')).toEqual(createHead('c/n/a'))
  })

  it.each(['ProvisionedThroughputExceededException', 'AccessDeniedException', 'ResourceNotFoundException'])(
    'tells %s as an outage, with its name and without the text of AWS',
    async (error) => {
      server.refuse = () => error
      const attempts = [
        () => state.readHead('a'),
        () => state.writeHead(createHead('a'), null),
        () => state.listHeads(),
        () => state.removeWatcher('r', 'a'),
      ]
      for (const attempt of attempts) {
        const thrown = await attempt().catch((caught: unknown) => caught)
        expect(thrown).toMatchObject({ code: 'StateUnavailable', data: { error } })
        expect(JSON.stringify(thrown)).not.toContain('canary')
      }
    },
  )
})
