import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import type { KeyService } from '../../../../lib/ports.ts'
import { openEntry, partSizeOf } from '../../../../lib/sync/load/open-entry.ts'

const entry: KeyEntry = { kind: 'age', recipient: 'age1', enc: 'enc' }
const key = new Uint8Array(32).fill(7)
const unwrap = { sizeBytes: 32, call: (service: KeyService) => service.unwrap(entry) }

function answer(value: Uint8Array | null | SyncError, isGranted = true): KeyService {
  return {
    kind: 'age',
    isGranted: () => isGranted,
    unwrap: async () => {
      if (value instanceof SyncError) throw value
      return value
    },
  }
}

describe('openEntry', () => {
  it('goes on to the next service of the kind', async () => {
    const services = [answer(null), answer(new SyncError('SopsKeyInvalid')), answer(key)]
    expect(await openEntry(services, entry, unwrap)).toEqual({ part: key })
  })

  it.each([
    ['there is no service', [], 'SopsNoMatchingKey'],
    ['none has the key', [answer(null)], 'SopsNoMatchingKey'],
    ['the key is not granted', [answer(key, false)], 'SopsKeyNotGranted'],
    ['a service fails', [answer(new SyncError('KmsAccessDenied')), answer(null)], 'KmsAccessDenied'],
    ['what it gives has another size', [answer(new Uint8Array(33))], 'SopsMetadataInvalid'],
  ])('tells why where %s', async (_, services, code) => {
    expect(await openEntry(services, entry, unwrap)).toMatchObject({ failure: { entry, code } })
  })
})

describe('partSizeOf', () => {
  it('is a data key for one group, and a part with its number for several', () => {
    expect([partSizeOf([[entry]]), partSizeOf([[entry], [entry]])]).toEqual([32, 33])
  })
})
