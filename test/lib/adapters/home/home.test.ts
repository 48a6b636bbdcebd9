import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHome, openHome } from '../../../../lib/adapters/home/home.ts'

const invalid = expect.objectContaining({ code: 'HomeInvalid' })

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smc-home-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const modeOf = (path: string) => statSync(path).mode & 0o777

describe('createHome', () => {
  it('makes a folder and files for its owner only', () => {
    const path = join(createFolder(), 'deep', '.smc')
    const home = createHome(path)
    home.readToken()
    home.readWebhookSecret()
    expect(modeOf(path)).toBe(0o700)
    for (const name of ['token', 'webhook-secret', '.gitignore']) expect(modeOf(join(path, name))).toBe(0o600)
  })

  it('gives out the same token each time, and another to each home', () => {
    const folder = createFolder()
    const home = createHome(join(folder, 'a'))
    expect(home.readToken()).toMatch(/^[\w-]{43}$/)
    expect(createHome(join(folder, 'a')).readToken()).toBe(home.readToken())
    const others = [home.readWebhookSecret(), createHome(join(folder, 'b')).readToken()]
    expect(others).not.toContain(home.readToken())
  })

  it('takes a secret that its owner has written', () => {
    const home = createHome(join(createFolder(), '.smc'))
    writeFileSync(join(home.path, 'webhook-secret'), 'chosen by hand\n', { mode: 0o600 })
    expect(home.readWebhookSecret()).toBe('chosen by hand')
    writeFileSync(join(home.path, 'webhook-secret'), '\n')
    expect(() => home.readWebhookSecret()).toThrow(invalid)
  })

  it('refuses where a file is in the way', () => {
    const path = join(createFolder(), '.smc')
    writeFileSync(path, '')
    expect(() => createHome(path)).toThrow(invalid)
  })
})

describe('openHome', () => {
  it.each([0o750, 0o705, 0o777])('refuses a folder with mode %o', (mode) => {
    const path = join(createFolder(), '.smc')
    createHome(path)
    chmodSync(path, mode)
    expect(() => openHome(path)).toThrow(invalid)
  })

  it.each([0o640, 0o604])('refuses a token with mode %o', (mode) => {
    const home = createHome(join(createFolder(), '.smc'))
    home.readToken()
    chmodSync(join(home.path, 'token'), mode)
    expect(() => home.readToken()).toThrow(invalid)
  })

  it('makes nothing where there is no home', () => {
    const path = join(createFolder(), '.smc')
    expect(() => openHome(path)).toThrow(invalid)
    expect(existsSync(path)).toBe(false)
  })

  it('follows no links, which a repository might hold', () => {
    const folder = createFolder()
    mkdirSync(join(folder, 'real'), { mode: 0o700 })
    symlinkSync('real', join(folder, '.smc'))
    expect(() => openHome(join(folder, '.smc'))).toThrow(invalid)
    const home = createHome(join(folder, 'home'))
    writeFileSync(join(folder, 'elsewhere'), 'x', { mode: 0o600 })
    symlinkSync('../elsewhere', join(home.path, 'token'))
    expect(() => home.readToken()).toThrow(invalid)
  })
})
