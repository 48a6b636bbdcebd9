import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSecretsManagerStore } from '../../../../lib/adapters/stores/aws-secrets-manager.ts'
import { openStoreDatabase } from '../../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../../lib/adapters/stores/local.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { SecretStore } from '../../../../lib/ports.ts'
import { testSecretStore } from '../../../contracts/secret-store.ts'
import { versionId } from '../../../contracts/store-under-test.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/clock.ts'
import {
  type SecretsManagerServer,
  startSecretsManagerServer,
} from '../../../fakes/secrets-manager-server.ts'

const target = { account: '123456789012', region: 'eu-west-1' }

let clock: FakeClock
let database: ReturnType<typeof openStoreDatabase>
let server: SecretsManagerServer
let client: SecretsManagerClient
let store: SecretStore

async function open() {
  clock = createFakeClock()
  database = openStoreDatabase(':memory:')
  server = await startSecretsManagerServer(createLocalStore({ database, clock, target }))
  client = new SecretsManagerClient({
    endpoint: server.url,
    region: target.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  store = createSecretsManagerStore({ client, target })
}

beforeEach(open)
afterEach(async () => {
  client.destroy()
  await server.close()
  database.close()
})

testSecretStore('aws-secrets-manager', {
  open: async () => ({
    store,
    clock,
    readCurrent: async (name) =>
      database.read((db) => {
        const row = db
          .prepare(
            `SELECT value FROM version JOIN label ON label.version = version.number
               JOIN secret ON secret.id = label.secret WHERE label.name = 'AWSCURRENT' AND secret.name = ?`,
          )
          .get(name)
        return row ? new TextDecoder().decode(row['value'] as Uint8Array) : null
      }),
  }),
})

describe('createSecretsManagerStore', () => {
  const secret = {
    name: 'a',
    versionId: versionId(1),
    value: SecretValue.fromText('v'),
    kind: 'string',
    tags: {},
  } as const

  it('creates a secret in one call and writes a version in one', async () => {
    await store.create({ ...secret, tags: { a: 'b' }, kmsKeyId: 'alias/k' })
    await store.put({ ...secret, versionId: versionId(2) })
    expect(server.calls).toEqual(['CreateSecret', 'PutSecretValue'])
    expect(await store.describe('a')).toMatchObject({ kmsKeyId: 'alias/k', tags: { a: 'b' } })
  })

  it('keeps bytes as they are, of text with a byte order mark too', async () => {
    const text = '\uFEFFä\u0000\r\n'
    const bytes = Uint8Array.of(0, 255, 128)
    await store.create({ ...secret, value: SecretValue.fromText(text) })
    await store.create({ ...secret, name: 'b', kind: 'binary', value: SecretValue.fromBytes(bytes) })
    const values = database.read((db) => db.prepare('SELECT value FROM version ORDER BY number').all())
    expect(values.map(({ value }) => Buffer.from(value as Uint8Array))).toEqual([
      Buffer.from(text),
      Buffer.from(bytes),
    ])
  })

  it('reads every page of a list', async () => {
    for (let n = 0; n < 101; n += 1) {
      await store.create({ ...secret, name: `n${n}`, tags: { owner: n < 99 ? 'x:1' : 'y' } })
    }
    const before = server.calls.length
    expect(await store.list()).toHaveLength(101)
    expect(await store.list({ tagValuePrefix: 'x:' })).toHaveLength(99)
    expect(server.calls.slice(before)).toEqual(['ListSecrets', 'ListSecrets', 'ListSecrets'])
    const first = await store.listPage()
    expect(first.secrets).toHaveLength(100)
    const last = await store.listPage(undefined, first.next)
    expect([...first.secrets, ...last.secrets]).toEqual(await store.list())
    expect(last).not.toHaveProperty('next')
  })

  it.each([
    ['AccessDeniedException', 'StoreAccessDenied'],
    ['ThrottlingException', 'StoreThrottled'],
    ['LimitExceededException', 'StoreLimitExceeded'],
    ['EncryptionFailure', 'StoreKeyUnusable'],
    ['InternalServiceError', 'StoreUnavailable'],
    ['SomethingNew', 'StoreUnavailable'],
  ])('tells %s as %s, with the action and without the text of AWS', async (error, code) => {
    server.refuse = () => error
    const thrown = await store.put(secret).catch((caught: unknown) => caught)
    expect(thrown).toMatchObject({
      code,
      data: { action: 'secretsmanager:PutSecretValue', name: 'a', error },
    })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    await expect(store.list()).rejects.toMatchObject({ code })
    await expect(store.describe('a')).rejects.toMatchObject({ code })
  })

  it('passes an answer that does not come for an outage', async () => {
    await server.close()
    await expect(store.describe('a')).rejects.toMatchObject({ code: 'StoreUnavailable' })
  })

  it('names the other writer where AWS refuses a write for it', async () => {
    const answers = { Name: 'a', Tags: [], OwningService: 'rds' }
    const refusing = {
      send: async (command: unknown) => {
        if (command instanceof DescribeSecretCommand) return answers
        throw Object.assign(new Error('x'), { name: 'InvalidRequestException' })
      },
    } as unknown as SecretsManagerClient
    const managed = createSecretsManagerStore({ client: refusing, target })
    await expect(managed.put(secret)).rejects.toMatchObject({
      code: 'SecretManagedElsewhere',
      data: { by: 'service' },
    })
  })
})
