import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { preparePython } from '../emulators/python-environment.ts'

const execute = promisify(execFile)

/** Encrypts the text of a file, whose name says its format, with the real sops. */
export type Encrypt = (name: string, text: string, ...options: string[]) => Promise<string>

/** sops for `recipients`, such as `['--kms', arn]`; keys of KMS are in the cloud that `environment` leads to. */
export async function createEncrypt(
  environment: Readonly<Record<string, string>>,
  recipients: readonly string[],
): Promise<Encrypt> {
  const sops = join(await preparePython(), 'sops')
  return async (name, text, ...options) => {
    const directory = mkdtempSync(join(tmpdir(), 'smc-sops-'))
    try {
      const file = join(directory, name)
      writeFileSync(file, text)
      const env = { HOME: directory, PATH: process.env['PATH'], ...environment }
      const { stdout } = await execute(sops, ['encrypt', ...recipients, ...options, file], { env })
      return stdout
    } finally {
      rmSync(directory, { recursive: true })
    }
  }
}
