import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'

export interface BackgroundProcess {
  /** What it has printed so far, on both streams. */
  printed(): string
  stop(): Promise<void>
}

export interface BackgroundOptions {
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
  /** Asked until it answers with 200. */
  readonly healthUrl: string
}

const startTimeoutMs = 60_000

/** Starts a server and waits until it answers. */
export async function startProcess(options: BackgroundOptions): Promise<BackgroundProcess> {
  const child = spawn(options.command, options.args, {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk).slice(-1_000_000)
    })
  }
  const until = Date.now() + startTimeoutMs
  while (!(await isHealthy(options.healthUrl))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`${options.command} did not start:\n${printed}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { printed: () => printed, stop: () => stopProcess(child) }
}

/** A port of loopback that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    // Not listening yet.
    return false
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await exited
  clearTimeout(patience)
}
