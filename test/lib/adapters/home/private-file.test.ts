import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  assertPrivate,
  readOrCreatePrivateFile,
  readPrivateFile,
  writePrivateFile,
} from '../../../../lib/adapters/home/private-file.ts'

const invalid = expect.objectContaining({ code: 'HomeInvalid' })

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smc-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('private files', () => {
  it('are replaced as a whole and leave nothing behind', () => {
    const folder = createFolder()
    const path = join(folder, 'a')
    expect(readPrivateFile(path)).toBeNull()
    writePrivateFile(path, 'one')
    writePrivateFile(path, Uint8Array.of(1, 2))
    expect(readPrivateFile(path)).toEqual(Buffer.of(1, 2))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it('are made once', () => {
    const folder = createFolder()
    const path = join(folder, 'a')
    expect(readOrCreatePrivateFile(path, () => 'first')).toEqual(Buffer.from('first'))
    expect(readOrCreatePrivateFile(path, () => 'second')).toEqual(Buffer.from('first'))
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it('keep what another process has made in the meantime', () => {
    const path = join(createFolder(), 'a')
    const made = readOrCreatePrivateFile(path, () => {
      writePrivateFile(path, 'theirs')
      return 'ours'
    })
    expect(made).toEqual(Buffer.from('theirs'))
  })

  it('are files', () => {
    const path = join(createFolder(), 'a')
    mkdirSync(path, { mode: 0o700 })
    expect(() => readPrivateFile(path)).toThrow(invalid)
  })

  it('belong to the user of the process', () => {
    const path = join(createFolder(), 'a')
    writePrivateFile(path, 'x')
    const stats = lstatSync(path)
    expect(() => assertPrivate(path, stats)).not.toThrow()
    stats.uid += 1
    expect(() => assertPrivate(path, stats)).toThrow(invalid)
  })
})
