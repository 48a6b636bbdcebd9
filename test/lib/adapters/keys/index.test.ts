import { describe, expect, it } from 'vitest'
import { createKeyServices } from '../../../../lib/adapters/keys/index.ts'
import { createRecordingEgress } from '../../../fakes/recording-egress.ts'

describe('createKeyServices', () => {
  const egress = createRecordingEgress(() => ({ status: 500, body: '' })).send
  const isGranted = () => true
  const readToken = async () => 'token'

  it('makes one service for each kind that is set up', () => {
    const all = createKeyServices({
      age: { keys: [] },
      pgp: { keys: [] },
      kms: { isGranted },
      gcpKms: { egress, isGranted, readToken },
      azureKeyVault: { egress, isGranted, findVault: () => undefined },
      vault: { egress, isGranted, vaults: [] },
    })
    expect(all.map(({ kind }) => kind).sort()).toEqual([
      'age',
      'azure_kv',
      'gcp_kms',
      'hc_vault',
      'hckms',
      'kms',
      'pgp',
    ])
  })

  it('always knows what is not supported', () => {
    expect(createKeyServices({}).map(({ kind }) => kind)).toEqual(['hckms'])
  })
})
