import { describe, expect, it } from 'vitest'
import { createTenantKeys } from '../../../cli/embedded/tenant-keys.ts'
import { createMachineKeyServices } from '../../../cli/key-services.ts'
import type { Config } from '../../../lib/core/config/config.ts'
import type { Policy } from '../../../lib/core/config/policy/policy.ts'
import { createDataKeyUnwrapper } from '../../../lib/sync/load/unwrap-data-key.ts'
import { dataKey, readEncrypted, readKey } from '../../lib/adapters/keys/read-fixture.ts'

const recipientOf = (key: string) => /age1\w+/.exec(readKey(key).text)?.[0] ?? ''
const owner = recipientOf('x25519.agekey')
const other = recipientOf('x25519-other.agekey')
const policy: Policy = {
  tenancy: 'listed',
  tenants: [
    { tenant: 'c/owner', namePrefixes: [], decryptionKeys: [owner] },
    { tenant: 'c/other', namePrefixes: [], decryptionKeys: [other] },
  ],
}
const SOPS_AGE_KEY = readKey('x25519.agekey').text + readKey('x25519-other.agekey').text
const command = {
  PATH: process.env['PATH'],
  SOPS_AGE_KEY_CMD: `printf %s '${SOPS_AGE_KEY.replaceAll("'", '')}'`,
}
const config = (tenant: string) => ({ id: `c/${tenant}/app` }) as Config

describe('the keys of the machine', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>]>([
    ['from a variable', { SOPS_AGE_KEY }],
    ['from a command', command],
  ])(
    '%s open a file for the tenant that they are granted to, whatever the file says',
    async (_, environment) => {
      const keys = createTenantKeys(policy, (isGranted) =>
        createMachineKeyServices({ environment, pgpKeyFiles: [], warn: () => {}, isGranted }),
      )
      const open = async (tenant: string, recipient: string) => {
        const unwrap = createDataKeyUnwrapper({ services: await keys(config(tenant)) })
        return await unwrap([[{ kind: 'age', recipient, enc: readEncrypted('x25519.age') }]], 0)
      }
      for (const recipient of [owner, other]) {
        expect(await open('owner', recipient)).toEqual(dataKey)
        await expect(open('other', recipient)).rejects.toMatchObject({ code: 'SopsNoMatchingKey' })
      }
    },
  )

  it('are opened once for each tenant', async () => {
    let opened = 0
    const keys = createTenantKeys(policy, async () => {
      opened += 1
      return []
    })
    await Promise.all([keys(config('owner')), keys(config('owner')), keys(config('other'))])
    expect(opened).toBe(2)
  })
})
