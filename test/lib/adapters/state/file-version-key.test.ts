import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFileVersionKey } from '../../../../lib/adapters/state/file-version-key.ts'

function createPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smc-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'version-key')
}

const invalid = { code: 'HomeInvalid' }

describe('createFileVersionKey', () => {
  it('makes 32 random bytes at the first start and keeps them', async () => {
    const path = createPath()
    const key = await createFileVersionKey(path)()
    expect(key).toHaveLength(32)
    expect(await createFileVersionKey(path)()).toEqual(key)
    expect(await createFileVersionKey(createPath())()).not.toEqual(key)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(path, '..'))).toEqual(['version-key'])
  })

  it('refuses a file that others may read', async () => {
    const path = createPath()
    await createFileVersionKey(path)()
    chmodSync(path, 0o644)
    await expect(createFileVersionKey(path)()).rejects.toMatchObject(invalid)
  })

  it('refuses a key of another length', async () => {
    const path = createPath()
    writeFileSync(path, 'short', { mode: 0o600 })
    await expect(createFileVersionKey(path)()).rejects.toMatchObject(invalid)
  })
})
