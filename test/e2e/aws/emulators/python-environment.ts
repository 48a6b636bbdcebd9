import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
/** What a hook is given that may be the first to need the environment. */
export const preparationTimeoutMs = 600_000

const requirements = join(import.meta.dirname, '..', 'requirements.txt')
/** Inside the clone, and gone with a fresh `npm ci`. */
const cache = join(import.meta.dirname, '../../../../node_modules/.cache')

/** Why the emulators cannot run on this machine; `null` where they can. */
export function findObstacle(): string | null {
  try {
    execFileSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' })
    return null
  } catch {
    return 'the emulators need python3 with venv and pip'
  }
}

/** The `bin` directory of a virtual environment with what `requirements.txt` pins, made at the first call in a clone. */
export async function preparePython(): Promise<string> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const home = join(cache, `smc-e2e-python-${pins}`)
  const marker = join(home, 'complete')
  if (!existsSync(marker)) {
    mkdirSync(home, { recursive: true })
    await execute('python3', ['-m', 'venv', '--clear', home])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile']
    await execute(join(home, 'bin', 'python'), [...pip, '-r', requirements], { maxBuffer: 64 * 1024 * 1024 })
    writeFileSync(marker, '')
  }
  return join(home, 'bin')
}
