import { join } from 'node:path'
import { findFreePort, startProcess } from './background-process.ts'
import { account, type Emulator, region } from './emulator.ts'
import { preparePython } from './python-environment.ts'

/** Starts moto: the emulator with the versions of Secrets Manager. */
export async function startMoto(): Promise<Emulator> {
  const bin = await preparePython()
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startProcess({
    command: join(bin, 'moto_server'),
    args: ['-H', '127.0.0.1', '-p', String(port)],
    environment: {
      PATH: `${bin}:/usr/bin:/bin`,
      LANG: 'C.UTF-8',
      PYTHONPATH: join(import.meta.dirname, 'python', 'moto'),
      MOTO_ACCOUNT_ID: account,
    },
    healthUrl: `${url}/moto-api/data.json`,
  })
  return { url, region, account, printed: server.printed, stop: server.stop }
}
