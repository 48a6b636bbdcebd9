import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDeploymentKeyServices } from '../../../../lib/adapters/credentials/key-services.ts'
import type { Config } from '../../../../lib/core/config/config.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { createRecordingEgress } from '../../../fakes/recording-egress.ts'

const config = (id: string) => ({ id }) as Config
const kmsEntry = (arn: string): KeyEntry => ({ kind: 'kms', arn, context: {}, enc: '' })
const granted = 'arn:aws:kms:eu-west-1:123456789012:key/1'

const clouds = ['gcp_kms', 'azure_kv', 'hc_vault']
const egress = createRecordingEgress(() => ({ status: 500, body: '' }))

function setUp(stored: Record<string, string> = {}) {
  const open = createDeploymentKeyServices({
    readText: async (name) => stored[name] ?? null,
    prefix: 'smc/',
    deployment: 'prod',
    kms: { keyArns: [granted, 'arn:aws:kms:eu-west-2:123456789012:alias/team/*'], roleArns: [] },
    policy: { tenancy: 'single' },
    outside: { egress: egress.send, now: () => 0 },
  })
  return { open, stored }
}

describe('createDeploymentKeyServices', () => {
  it('opens with what is stored, and with KMS', async () => {
    const { open, stored } = setUp()
    expect((await open(config('c/shop/a'))).map(({ kind }) => kind)).toEqual(['kms', 'hckms', ...clouds])
    stored['smc/keys/age'] = ''
    stored['smc/keys/pgp'] = ''
    const services = await open(config('c/shop/a'))
    expect(services.map(({ kind }) => kind)).toEqual(['age', 'pgp', 'kms', 'hckms', ...clouds])
  })

  it.each([
    ['gcp', 'gcp_kms', { kind: 'gcp_kms', resourceId: 'projects/p', enc: 'x' }],
    [
      'azure',
      'azure_kv',
      { kind: 'azure_kv', vaultUrl: 'https://v.test', name: 'n', version: '1', enc: 'x' },
    ],
    [
      'vault',
      'hc_vault',
      { kind: 'hc_vault', vaultAddress: 'https://v.test', enginePath: 'e', keyName: 'k', enc: 'x' },
    ],
  ] as const)(
    'fails only what needs the secret keys/%s where that is malformed',
    async (name, kind, entry) => {
      const { open } = setUp({ [`smc/keys/${name}`]: 'canary', 'smc/keys/age': '' })
      const services = await open(config('c/shop/a'))
      const service = services.find((each) => each.kind === kind)
      expect(service?.isGranted(entry)).toBe(true)
      expect(await service?.unwrap({ kind: 'pgp', fingerprint: 'AB', enc: 'x' })).toBeNull()
      await expect(service?.unwrap(entry)).rejects.toMatchObject({
        code: 'SopsKeyInvalid',
        data: { source: `smc/keys/${name}` },
      })
    },
  )

  it('keeps the services of a tenant as long as its keys stay the same', async () => {
    const { open, stored } = setUp({ 'smc/keys/age': 'one' })
    const services = await open(config('c/shop/a'))
    expect(await open(config('c/shop/b'))).toBe(services)
    expect(await open(config('c/blog/a'))).not.toBe(services)
    stored['smc/keys/age'] = 'two'
    expect(await open(config('c/shop/a'))).not.toBe(services)
  })

  it('refuses the public key of the quickstart', async () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../../../examples/quickstart/keys/quickstart.agekey'),
      'utf8',
    )
    const { open } = setUp({ 'smc/keys/age': text })
    await expect(open(config('c/shop/a'))).rejects.toMatchObject({ code: 'SopsKeyInvalid' })
  })

  it.each([
    [granted, true],
    [`${granted}0`, false],
    ['arn:aws:kms:eu-west-2:123456789012:alias/team/a', true],
    ['arn:aws:kms:eu-west-2:123456789012:alias/teams', false],
  ])('grants %s: %s', async (arn, expected) => {
    const services = await setUp().open(config('c/shop/a'))
    expect(services.find(({ kind }) => kind === 'kms')?.isGranted(kmsEntry(arn))).toBe(expected)
  })

  it('does not grant a role that is not listed', async () => {
    const kms = (await setUp().open(config('c/shop/a'))).find(({ kind }) => kind === 'kms')
    const role = 'arn:aws:iam::123456789012:role/any'
    await expect(kms?.unwrap({ ...kmsEntry(granted), role } as KeyEntry)).rejects.toMatchObject({
      code: 'SopsKeyNotGranted',
    })
  })
})
