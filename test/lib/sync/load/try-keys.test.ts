import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import type { KeyService } from '../../../../lib/ports.ts'
import { countOpened, tryKeys } from '../../../../lib/sync/load/try-keys.ts'

const [mine, other, foreign, broken] = ['mine', 'other', 'foreign', 'broken'].map(
  (enc): KeyEntry => ({ kind: 'age', recipient: enc, enc }),
) as [KeyEntry, KeyEntry, KeyEntry, KeyEntry]
const kms: KeyEntry = { kind: 'kms', arn: 'arn', context: {}, enc: 'kms' }

/** Opens what is mine, and says no to the rest in different ways. */
function createService(sizeBytes: number): KeyService {
  return {
    kind: 'age',
    isGranted: ({ enc }) => enc !== 'foreign',
    unwrap: async ({ enc }) => {
      if (enc === 'broken') throw new SyncError('SopsKeyInvalid')
      return enc === 'mine' ? new Uint8Array(sizeBytes) : null
    },
  }
}

describe('tryKeys', () => {
  it('tries each key of a group, also those after one that opens', async () => {
    const tried = await tryKeys([createService(32)], [[mine, other, foreign, broken, kms]])
    expect(tried.map(({ entry, failure }) => [entry.enc, failure?.code])).toEqual([
      ['mine', undefined],
      ['other', 'SopsNoMatchingKey'],
      ['foreign', 'SopsKeyNotGranted'],
      ['broken', 'SopsKeyInvalid'],
      ['kms', 'SopsNoMatchingKey'],
    ])
    expect(countOpened(tried)).toBe(1)
  })

  it('expects Shamir parts of a file with several groups, and counts groups', async () => {
    const groups = [[mine, mine], [mine], [other]]
    expect(countOpened(await tryKeys([createService(33)], groups))).toBe(2)
    expect(countOpened(await tryKeys([createService(32)], groups))).toBe(0)
  })
})
