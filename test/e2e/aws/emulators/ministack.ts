import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findFreePort, startProcess } from './background-process.ts'
import { account, type Emulator, region } from './emulator.ts'
import { preparePython } from './python-environment.ts'

export interface MinistackOptions {
  /** Further variables; functions see them too. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts ministack: the emulator that runs functions and carries messages to them. */
export async function startMinistack({ environment = {} }: MinistackOptions = {}): Promise<Emulator> {
  const bin = await preparePython()
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  // Functions are unpacked here; a package.json above them would decide how Node reads them.
  const home = mkdtempSync(join(tmpdir(), 'smc-ministack-'))
  const server = await startProcess({
    command: join(bin, 'ministack'),
    args: [],
    environment: {
      HOME: home,
      TMPDIR: home,
      // Functions run with the first `node` of the path.
      PATH: `${dirname(process.execPath)}:${bin}:/usr/bin:/bin`,
      LANG: 'C.UTF-8',
      PYTHONPATH: join(import.meta.dirname, 'python', 'ministack'),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      LAMBDA_EXECUTOR: 'local',
      ...environment,
    },
    healthUrl: `${url}/_ministack/health`,
  })
  const stop = async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
  return { url, region, account, printed: server.printed, stop }
}
