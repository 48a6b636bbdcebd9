import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLocalStoreReader } from '../../../../../lib/adapters/stores/local/reader.ts'
import { openStoreDatabase } from '../../../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../../../lib/adapters/stores/local.ts'
import { SecretValue } from '../../../../../lib/core/secret-value.ts'
import { versionId } from '../../../../contracts/store-under-test.ts'
import { createFakeClock, dayMs } from '../../../../fakes/clock.ts'

function openHome() {
  const folder = mkdtempSync(join(tmpdir(), 'smc-'))
  const path = join(folder, 'secrets.db')
  const clock = createFakeClock()
  const database = openStoreDatabase(path)
  onTestFinished(() => {
    database.close()
    rmSync(folder, { recursive: true })
  })
  const storeIn = (region: string) => createLocalStore({ database, clock, target: { account: '1', region } })
  const openReader = () => {
    const reader = openLocalStoreReader(path, clock)
    onTestFinished(() => reader.close())
    return reader
  }
  return { path, clock, storeIn, openReader }
}

const first = { versionId: versionId(1), kind: 'string', tags: { team: 'a' } } as const

describe('openLocalStoreReader', () => {
  it('shows what carries AWSCURRENT while the store is open', async () => {
    const { storeIn, openReader } = openHome()
    const store = storeIn('eu-west-1')
    await store.create({ ...first, name: 'a', value: SecretValue.fromText('one') })
    const reader = openReader()
    await store.put({ ...first, name: 'a', versionId: versionId(2), value: SecretValue.fromText('two') })
    expect(reader.list()).toMatchObject([
      { name: 'a', target: { region: 'eu-west-1' }, current: versionId(2), tags: { team: 'a' } },
    ])
    expect(Buffer.from(reader.readValue('a')?.reveal() ?? []).toString()).toBe('two')
    expect(reader.readValue('b')).toBeNull()
  })

  it('wants a region when several hold the name', async () => {
    const { storeIn, openReader } = openHome()
    await storeIn('eu-west-1').create({ ...first, name: 'a', value: SecretValue.fromText('one') })
    await storeIn('eu-west-2').create({ ...first, name: 'a', value: SecretValue.fromText('two') })
    const reader = openReader()
    expect(() => reader.readValue('a')).toThrow(expect.objectContaining({ code: 'UsageInvalid' }))
    expect(Buffer.from(reader.readValue('a', 'eu-west-2')?.reveal() ?? []).toString()).toBe('two')
  })

  it('does not show the value of a secret that is scheduled for deletion, nor the secret afterwards', async () => {
    const { clock, storeIn, openReader } = openHome()
    const store = storeIn('eu-west-1')
    await store.create({ ...first, name: 'a', value: SecretValue.fromText('one') })
    await store.scheduleDeletion('a', 7)
    const reader = openReader()
    expect(() => reader.readValue('a')).toThrow(
      expect.objectContaining({ code: 'SecretScheduledForDeletion' }),
    )
    clock.advance(7 * dayMs)
    expect(reader.readValue('a')).toBeNull()
    expect(reader.list()).toEqual([])
  })

  it('refuses a file that is not there', () => {
    expect(() => openLocalStoreReader('/nonexistent/secrets.db', createFakeClock())).toThrow(
      expect.objectContaining({ code: 'HomeInvalid' }),
    )
  })

  it('leaves the file readable by its owner only', async () => {
    const { path, storeIn } = openHome()
    await storeIn('r').create({ ...first, name: 'a', value: SecretValue.fromText('one') })
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
  })
})
