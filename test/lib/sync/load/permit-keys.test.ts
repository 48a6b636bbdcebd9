import { describe, expect, it, vi } from 'vitest'
import type { Policy } from '../../../../lib/core/config/policy/policy.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { permitKeys } from '../../../../lib/sync/load/permit-keys.ts'

const policy: Policy = {
  tenancy: 'listed',
  tenants: [{ tenant: 'prod/a', namePrefixes: [], decryptionKeys: ['age1a'] }],
}
const entry = (recipient: string): KeyEntry => ({ kind: 'age', recipient, enc: '' })
const key = new Uint8Array(32)

describe('permitKeys', () => {
  it('tries the granted keys of a file and no other', async () => {
    const unwrap = vi.fn(async () => key)
    expect(
      await permitKeys(policy, 'prod/a/x', unwrap)([[entry('age1b'), entry('age1a')], [entry('age1b')]], 2),
    ).toBe(key)
    expect(unwrap).toHaveBeenCalledWith([[entry('age1a')], []], 2)
  })

  it('asks nobody about a file that is for others', async () => {
    const unwrap = vi.fn(async () => key)
    await expect(permitKeys(policy, 'prod/b/x', unwrap)([[entry('age1a')]], 0)).rejects.toMatchObject({
      code: 'NotPermitted',
      data: { keys: ['age1a'] },
    })
    expect(unwrap).not.toHaveBeenCalled()
  })

  it('leaves everything to the only tenant', async () => {
    const unwrap = vi.fn(async () => key)
    await permitKeys({ tenancy: 'single' }, 'prod/b/x', unwrap)([[entry('age1b')]], 0)
    expect(unwrap).toHaveBeenCalledWith([[entry('age1b')]], 0)
  })
})
