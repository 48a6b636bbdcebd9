import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
/** What a hook is given that may be the first to need the environment. */
export const preparationTimeoutMs = 600_000

const requirements = join(import.meta.dirname, '..', 'requirements.txt')

/**
 * The `bin` directory of a virtual environment with what `requirements.txt` pins, made at the first call on a
 * machine. `SMC_E2E_CACHE` names another place for it than the temporary directory.
 */
export async function preparePython(): Promise<string> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  const home = join(process.env['SMC_E2E_CACHE'] ?? tmpdir(), `smc-e2e-python-${pins}`)
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
