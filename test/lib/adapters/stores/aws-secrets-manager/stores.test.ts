import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSecretsManagerStores } from '../../../../../lib/adapters/stores/aws-secrets-manager/stores.ts'
import { openStoreDatabase } from '../../../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../../../lib/adapters/stores/local.ts'
import type { Config } from '../../../../../lib/core/config/config.ts'
import { createFakeClock } from '../../../../fakes/clock.ts'
import { type KmsServer, startKmsServer } from '../../../../fakes/kms-server.ts'
import {
  type SecretsManagerServer,
  startSecretsManagerServer,
} from '../../../../fakes/secrets-manager-server.ts'

const account = '123456789012'
const roleArn = 'arn:aws:iam::999999999999:role/publisher'

let database: ReturnType<typeof openStoreDatabase>
let secrets: SecretsManagerServer
let sts: KmsServer

beforeEach(async () => {
  database = openStoreDatabase(':memory:')
  const target = { account, region: 'eu-west-1' }
  secrets = await startSecretsManagerServer(createLocalStore({ database, clock: createFakeClock(), target }))
  sts = await startKmsServer([])
  const settings = {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ACCESS_KEY_ID: 'AKIAWORKER',
    AWS_SECRET_ACCESS_KEY: 'canary-secret-access-key',
    AWS_MAX_ATTEMPTS: '1',
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all([secrets.close(), sts.stop()])
  database.close()
})

const config = (id: string, aws: Partial<Config['aws']> = {}) =>
  ({ id, aws: { region: 'eu-west-1', ...aws } }) as Config

describe('createSecretsManagerStores', () => {
  it('opens the region of the config in the account of the process', async () => {
    const open = createSecretsManagerStores({ deployment: 'prod', account })
    const store = await open(config('c/shop/a'))
    expect(store.target).toEqual({ account, region: 'eu-west-1' })
    expect(await open(config('c/blog/b'))).toBe(store)
    expect((await open(config('c/shop/a', { region: 'eu-west-2' }))).target.region).toBe('eu-west-2')
    expect(await store.describe('a')).toBeNull()
    expect(secrets.accessKeyIds).toEqual(['AKIAWORKER'])
  })

  it('assumes the role of the config with the external id of its tenant', async () => {
    const open = createSecretsManagerStores({ deployment: 'prod', account })
    const store = await open(config('c/shop/a', { roleArn }))
    expect(store.target.account).toBe('999999999999')
    await store.describe('a')
    expect(secrets.accessKeyIds).toEqual(['ASIApublisher'])
    expect(sts.calls.map(({ input }) => input)).toMatchObject([
      { RoleArn: roleArn, ExternalId: 'smc:prod:c:shop' },
    ])
    expect(await open(config('c/shop/b', { roleArn }))).toBe(store)
    expect(await open(config('c/blog/b', { roleArn }))).not.toBe(store)
  })

  it('says that the role was refused, and with which external id', async () => {
    sts.refuse = () => 'AccessDenied'
    const store = await createSecretsManagerStores({ deployment: 'prod', account })(
      config('c/shop/a', { roleArn }),
    )
    const thrown = await store.describe('a').catch((caught: unknown) => caught)
    expect(thrown).toMatchObject({
      code: 'StoreAccessDenied',
      data: { action: 'sts:AssumeRole', role: roleArn, externalId: 'smc:prod:c:shop' },
    })
    expect(JSON.stringify(thrown)).not.toContain('canary')
    expect(secrets.calls).toEqual([])
  })
})
