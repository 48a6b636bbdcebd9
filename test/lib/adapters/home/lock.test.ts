import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHome, type Home } from '../../../../lib/adapters/home/home.ts'
import { lockHome } from '../../../../lib/adapters/home/lock.ts'

const lockModule = join(import.meta.dirname, '../../../../lib/adapters/home/lock.ts')
const locked = expect.objectContaining({ code: 'HomeLocked' })

function openHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'smc-lock-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return createHome(join(folder, '.smc'))
}

/** A process that holds the lock until it is killed. */
async function startHolder({ path, lockFile }: Home) {
  const script = `
    const { lockHome } = await import(${JSON.stringify(lockModule)})
    globalThis.lock = lockHome(${JSON.stringify({ path, lockFile })})
    console.log('locked')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

describe('lockHome', () => {
  it('lets one holder in at a time', () => {
    const home = openHome()
    const lock = lockHome(home)
    expect(() => lockHome(home)).toThrow(locked)
    lock.release()
    lockHome(home).release()
    expect(statSync(home.lockFile).mode & 0o777).toBe(0o600)
  })

  it('holds against other processes and ends with a process that is killed', async () => {
    const home = openHome()
    const holder = await startHolder(home)
    expect(() => lockHome(home)).toThrow(locked)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    lockHome(home).release()
  })
})
