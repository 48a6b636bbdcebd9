import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const root = dirname(dirname(dirname(import.meta.dirname)))
export const smc = join(root, 'bin', 'smc')

/** A running `smc serve` with a home of its own. */
export interface RunningService {
  readonly home: string
  readonly url: string
  /** What the service has printed so far. */
  readonly printed: () => string
  /** Runs `smc` beside the service. @returns what it printed on standard output */
  run(...args: string[]): Promise<string>
  /** Runs `smc` with `--json` and parses what it printed. */
  read(...args: string[]): Promise<unknown>
  stop(): Promise<void>
}

export interface ServiceOptions {
  readonly home?: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts `smc serve` on a free port and waits until it says that it is ready. */
export async function startService(options: ServiceOptions = {}): Promise<RunningService> {
  const home = options.home ?? join(mkdtempSync(join(tmpdir(), 'smc-e2e-')), 'home')
  const child = spawn(smc, ['serve', '--home', home, '--port', '0', ...(options.args ?? [])], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk
  })
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  await waitFor(() => {
    if (child.exitCode !== null) throw new Error(`smc serve ended early:\n${printed}`)
    return /^ready /m.test(printed)
  }, 30_000)
  const run = async (...args: string[]) => (await execute(smc, [...args, '--home', home])).stdout
  return {
    home,
    url: /^ready (\S+)/m.exec(printed)?.[1] ?? '',
    printed: () => printed,
    run,
    read: async (...args) => JSON.parse(await run(...args, '--json')),
    async stop() {
      child.kill('SIGTERM')
      await exited
      if (options.home === undefined) rmSync(dirname(home), { recursive: true, force: true })
    },
  }
}

/** Runs `smc` to its end, whatever its exit code. */
export async function runSmc(
  ...args: string[]
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }> {
  return await new Promise((resolve) => {
    execFile(smc, args, (error, stdout, stderr) => {
      resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code) })
    })
  })
}

/** Polls until `isDone` holds. @throws where it does not within `timeoutMs` */
export async function waitFor(isDone: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const until = Date.now() + timeoutMs
  while (!(await isDone())) {
    if (Date.now() > until) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Runs `git` in `directory` as somebody who has no settings. */
export async function git(directory: string, ...args: string[]): Promise<string> {
  const identity = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 't@example.invalid' }
  const committer = { GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 't@example.invalid' }
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    GIT_CONFIG_NOSYSTEM: '1',
    ...identity,
    ...committer,
  }
  return (await execute('git', args, { cwd: directory, env })).stdout.trim()
}
