import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyServices } from '../../../../lib/adapters/keys/index.ts'
import { createRecordingEgress } from '../../../fakes/recording-egress.ts'

const root = join(import.meta.dirname, '../../../..')
const folder = 'lib/adapters/keys'
const services = readdirSync(join(root, folder), { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'index.ts')
  .map(({ name }) => name.replace(/\.ts$/, ''))

describe.each(services)('the key service in %s.ts', (name) => {
  it('is registered', () => {
    expect(readFileSync(join(root, folder, 'index.ts'), 'utf8')).toContain(`from './${name}.ts'`)
  })

  it('runs the contract suite', () => {
    const test = readFileSync(join(root, 'test', folder, `${name}.test.ts`), 'utf8')
    expect(test).toMatch(/^testKeyService\(/m)
  })
})

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
      azureKeyVault: { egress, isGranted, vaults: [] },
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
    expect(all).toHaveLength(services.length)
  })

  it('always knows what is not supported', () => {
    expect(createKeyServices({}).map(({ kind }) => kind)).toEqual(['hckms'])
  })
})
