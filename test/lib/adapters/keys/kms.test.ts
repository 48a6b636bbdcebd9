import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKmsKeyService, type KmsOptions } from '../../../../lib/adapters/keys/kms.ts'
import type { ErrorCode } from '../../../../lib/core/errors.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { createDataKeyCache } from '../../../../lib/sync/load/data-key-cache.ts'
import { createDataKeyUnwrapper } from '../../../../lib/sync/load/unwrap-data-key.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { type KmsServer, startKmsServer } from '../../../fakes/kms-server.ts'

type KmsEntry = Extract<KeyEntry, { kind: 'kms' }>

const account = '123456789012'
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/be237a0f-4ffa-4602-8e78-0d2ef9e6df2c`
const multiRegionId = 'key/mrk-1234abcd12ab34cd56ef1234567890ab'
const aliasArn = `arn:aws-us-gov:kms:us-gov-west-1:${account}:alias/team/sops`
const role = `arn:aws:iam::${account}:role/path/sops-decrypt`
const context = { app: 'web', env: 'prod' }
const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index)

const own: KmsEntry = { kind: 'kms', arn: keyArn, context, enc: 'b3du' }

let server: KmsServer

beforeAll(async () => {
  server = await startKmsServer([
    { keyId: keyArn, ciphertext: own.enc, context, plaintext: dataKey },
    { keyId: aliasArn, ciphertext: 'YWxpYXM=', plaintext: dataKey },
    { keyId: `arn:aws:kms:eu-central-1:${account}:${multiRegionId}`, ciphertext: 'bXJr', plaintext: dataKey },
  ])
  const settings = {
    AWS_ENDPOINT_URL_KMS: server.url,
    AWS_ENDPOINT_URL_STS: server.url,
    AWS_ACCESS_KEY_ID: 'AKIAWORKER',
    AWS_SECRET_ACCESS_KEY: 'canary-secret-access-key',
    AWS_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '1',
  }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
})

beforeEach(() => {
  server.refuse = () => undefined
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})

function createService(options: Partial<KmsOptions> = {}) {
  return createKmsKeyService({ isGranted: () => true, ...options })
}

/** The calls that `run` makes. */
async function recordCalls(run: () => Promise<unknown>) {
  const before = server.calls.length
  await run()
  return server.calls.slice(before)
}

testKeyService({
  create: () =>
    createService({ isGranted: (entry) => entry.kind === 'kms' && !entry.arn.includes(':key/0') }),
  own,
  dataKey,
  broken: [
    { ...own, enc: 'AAAA' },
    { ...own, enc: '' },
    { ...own, enc: 'not base64' },
    { ...own, context: {} },
    { ...own, arn: 'arn:aws:kms' },
  ],
  forbidden: [{ ...own, arn: `arn:aws:kms:eu-west-1:${account}:key/00000000` }],
  countRequests: () => server.calls.length,
  secrets: ['canary-secret-access-key', 'canary-kms-message', 'canary-role'],
})

describe('a call to KMS', () => {
  it('carries the ARN as it is, ciphertext and context, to the region of the ARN', async () => {
    const calls = await recordCalls(() => createService().unwrap({ ...own, awsProfile: 'laptop' }))
    expect(calls).toEqual([
      {
        action: 'Decrypt',
        region: 'eu-west-1',
        accessKeyId: 'AKIAWORKER',
        input: { KeyId: keyArn, CiphertextBlob: 'b3du', EncryptionContext: context },
      },
    ])
  })

  it('names an alias of another partition', async () => {
    const entry: KmsEntry = { kind: 'kms', arn: aliasArn, context: {}, enc: 'YWxpYXM=' }
    expect(await createService().unwrap(entry)).toEqual(dataKey)
    expect(server.calls.at(-1)).toMatchObject({ region: 'us-gov-west-1', input: { KeyId: aliasArn } })
  })

  it.each([
    'arn:aws:kms:x.evil/#:123456789012:key/a',
    'arn:aws:kms:eu-west-1.evil.test:123456789012:key/a',
    'arn:aws:kms:eu-west-1:123456789012:key/a\n',
    'arn:aws:kms:eu-west-1:123456789012:key/a b',
    'arn:aws:kms:eu-west-1:12345678901:key/a',
    'arn:aws:kms::123456789012:key/a',
    'arn:aws:kms:EU-WEST-1:123456789012:key/a',
    'arn:evil:kms:eu-west-1:123456789012:key/a',
    'arn:aws:s3:eu-west-1:123456789012:key/a',
    'xarn:aws:kms:eu-west-1:123456789012:key/a',
    'arn:aws:kms:eu-west-1:123456789012:grant/a',
  ])('is not made for %j', async (arn) => {
    const calls = await recordCalls(() =>
      expect(createService().unwrap({ ...own, arn })).rejects.toMatchObject({ code: 'SopsMetadataInvalid' }),
    )
    expect(calls).toEqual([])
  })

  it.each<[string, ErrorCode]>([
    ['AccessDeniedException', 'KmsAccessDenied'],
    ['ExpiredTokenException', 'KmsAccessDenied'],
    ['UnrecognizedClientException', 'KmsAccessDenied'],
    ['DisabledException', 'SopsKeyUnusable'],
    ['KMSInvalidStateException', 'SopsKeyUnusable'],
    ['NotFoundException', 'SopsKeyUnusable'],
    ['InvalidCiphertextException', 'SopsMetadataInvalid'],
    ['IncorrectKeyException', 'SopsMetadataInvalid'],
    ['ThrottlingException', 'SopsKeyServiceUnavailable'],
    ['KMSInternalException', 'SopsKeyServiceUnavailable'],
    ['SomethingNew', 'SopsKeyServiceUnavailable'],
  ])('that ends with %s is %s', async (name, code) => {
    server.refuse = () => name
    await expect(createService().unwrap(own)).rejects.toMatchObject({
      code,
      data: { key: keyArn, error: name },
    })
  })
})

describe('a role in the entry', () => {
  const entry = { ...own, role }

  it('is assumed in the region of the key, with a legal session name and the external id', async () => {
    const service = createService({ sessionName: 'smc@worker [eu]', externalId: 'smc:prod:main:team-a' })
    const calls = await recordCalls(() => service.unwrap(entry))
    expect(calls).toMatchObject([
      {
        action: 'AssumeRole',
        region: 'eu-west-1',
        accessKeyId: 'AKIAWORKER',
        input: {
          RoleArn: role,
          RoleSessionName: 'smc@worker--eu-',
          ExternalId: 'smc:prod:main:team-a',
        },
      },
      { action: 'Decrypt', accessKeyId: 'ASIAsops-decrypt' },
    ])
  })

  it('is assumed once for many entries, without an external id by default', async () => {
    const service = createService()
    const calls = await recordCalls(async () => {
      await service.unwrap(entry)
      await Promise.all([service.unwrap(entry), service.unwrap(entry)])
    })
    expect(calls.filter(({ action }) => action === 'AssumeRole')).toHaveLength(1)
    expect(calls[0]?.input).not.toHaveProperty('ExternalId')
  })

  it('is left out where it cannot be assumed and the key is granted without it', async () => {
    server.refuse = ({ action }) => (action === 'AssumeRole' ? 'AccessDenied' : undefined)
    const calls = await recordCalls(() => createService().unwrap(entry))
    expect(calls.map(({ action, accessKeyId }) => [action, accessKeyId])).toEqual([
      ['AssumeRole', 'AKIAWORKER'],
      ['Decrypt', 'AKIAWORKER'],
    ])
  })

  it('is not left out where the key is granted through it only', async () => {
    server.refuse = ({ action }) => (action === 'AssumeRole' ? 'AccessDenied' : undefined)
    const service = createService({ isGranted: (asked) => asked.kind === 'kms' && asked.role === role })
    const calls = await recordCalls(() =>
      expect(service.unwrap(entry)).rejects.toMatchObject({
        code: 'KmsAccessDenied',
        data: { key: keyArn, role, error: 'AccessDenied' },
      }),
    )
    expect(calls).toHaveLength(1)
  })

  it('is refused where its ARN is malformed', async () => {
    const calls = await recordCalls(() =>
      expect(createService().unwrap({ ...own, role: `${role} x` })).rejects.toMatchObject({
        code: 'SopsMetadataInvalid',
      }),
    )
    expect(calls).toEqual([])
  })
})

it('is asked for with the contexts of early releases when its own does not fit', async () => {
  const stated = { app: 'prod', env: 'dev' }
  const earlyContexts = [{ app: 'dev', env: 'dev' }, context]
  const entry = { ...own, context: stated, earlyContexts }
  const calls = await recordCalls(async () => {
    expect(await createService().unwrap(entry)).toEqual(dataKey)
  })
  expect(calls.map(({ input }) => input['EncryptionContext'])).toEqual([stated, ...earlyContexts])
})

describe('a multi-region key', () => {
  const entry: KmsEntry = {
    kind: 'kms',
    arn: `arn:aws:kms:us-east-1:${account}:${multiRegionId}`,
    context: {},
    enc: 'bXJr',
  }
  const replicaRegions = ['us-east-1', 'ap-south-1', 'eu-central-1']

  it('is asked for in the regions of its replicas when its own fails', async () => {
    server.refuse = ({ region }) => (region === 'us-east-1' ? 'KMSInternalException' : undefined)
    const calls = await recordCalls(async () => {
      expect(await createService({ replicaRegions }).unwrap(entry)).toEqual(dataKey)
    })
    expect(calls.map(({ region }) => region)).toEqual(replicaRegions)
  })

  it('is not asked for where it is not granted', async () => {
    const isGranted = (asked: KeyEntry) => asked.kind === 'kms' && asked.arn.includes(':us-east-1:')
    const calls = await recordCalls(() =>
      expect(createService({ replicaRegions, isGranted }).unwrap(entry)).rejects.toMatchObject({
        code: 'SopsMetadataInvalid',
      }),
    )
    expect(calls).toHaveLength(1)
  })

  it('is the only kind of key that replicas stand in for', async () => {
    const calls = await recordCalls(() =>
      expect(createService({ replicaRegions }).unwrap({ ...own, enc: 'AAAA' })).rejects.toThrow(),
    )
    expect(calls).toHaveLength(1)
  })
})

it('is called once for 300 files that share a data key', async () => {
  const cache = createDataKeyCache({ capacity: 100, maxAgeMs: 60_000, now: () => 0 })
  const unwrap = createDataKeyUnwrapper({ services: [createService()], cache: cache.forGrant('team-a') })
  const calls = await recordCalls(() => Promise.all(Array.from({ length: 300 }, () => unwrap([[own]], 0))))
  expect(calls).toHaveLength(1)
})

it('is not called for a file copied from another tenant, be the cache cold or warm', async () => {
  const cache = createDataKeyCache({ capacity: 100, maxAgeMs: 60_000, now: () => 0 })
  const createTenant = (grant: string, isGranted: () => boolean) =>
    createDataKeyUnwrapper({ services: [createService({ isGranted })], cache: cache.forGrant(grant) })
  const owner = createTenant('team-b', () => true)
  const copier = createTenant('team-a', () => false)

  for (const warmUp of [async () => undefined, () => owner([[own]], 0)]) {
    await warmUp()
    const calls = await recordCalls(() =>
      expect(copier([[own]], 0)).rejects.toMatchObject({ code: 'SopsKeyNotGranted' }),
    )
    expect(calls).toEqual([])
  }
})
