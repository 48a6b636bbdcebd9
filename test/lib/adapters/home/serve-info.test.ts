import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHome } from '../../../../lib/adapters/home/home.ts'
import { readServeInfo, removeServeInfo, writeServeInfo } from '../../../../lib/adapters/home/serve-info.ts'

function openHome() {
  const folder = mkdtempSync(join(tmpdir(), 'smc-serve-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return createHome(join(folder, '.smc'))
}

const info = { url: 'http://127.0.0.1:8080', pid: process.pid }

describe('the serve info', () => {
  it('is there from the start of the service to its end', () => {
    const home = openHome()
    expect(readServeInfo(home)).toBeNull()
    writeServeInfo(home, { ...info, url: 'http://127.0.0.1:1' })
    writeServeInfo(home, info)
    expect(readServeInfo(home)).toEqual(info)
    expect(statSync(home.serveInfoFile).mode & 0o777).toBe(0o600)
    removeServeInfo(home)
    removeServeInfo(home)
    expect(readServeInfo(home)).toBeNull()
  })

  it('counts for nothing when its process is gone', () => {
    const home = openHome()
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    writeServeInfo(home, { ...info, pid })
    expect(readServeInfo(home)).toBeNull()
  })

  it.each(['', 'text', '{}', '{"url":"x","pid":1}', `{"url":"http://127.0.0.1","pid":-1}`])(
    'counts for nothing when it reads %j',
    (text) => {
      const home = openHome()
      writeFileSync(home.serveInfoFile, text, { mode: 0o600 })
      expect(readServeInfo(home)).toBeNull()
    },
  )

  it('is not believed when others may write it', () => {
    const home = openHome()
    writeServeInfo(home, info)
    chmodSync(home.serveInfoFile, 0o666)
    expect(() => readServeInfo(home)).toThrow(expect.objectContaining({ code: 'HomeInvalid' }))
  })
})
