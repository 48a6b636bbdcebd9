import { readFile } from 'node:fs/promises'
import { createKeyServices } from '../lib/adapters/keys/index.ts'
import type { KeyText, SkippedKey } from '../lib/adapters/keys/local/key-text.ts'
import { SyncError } from '../lib/core/errors.ts'
import type { KeyService } from '../lib/ports.ts'
import type { CommandInput } from './command.ts'

export interface MachineKeys {
  readonly environment: CommandInput['environment']
  /** Files with armored OpenPGP private keys. */
  readonly pgpKeyFiles: readonly string[]
  /** Told what was left out, one line each. */
  readonly warn: (line: string) => void
}

/**
 * The keys of whoever runs the command, from where sops takes them: `SOPS_AGE_KEY`, `SOPS_AGE_KEY_FILE`,
 * `SOPS_AGE_SSH_PRIVATE_KEY_FILE`, the AWS credentials of the process. Every KMS key that they open is granted.
 * @throws {SyncError} SopsKeyInvalid where a named file cannot be read
 */
export async function createMachineKeyServices(machine: MachineKeys): Promise<readonly KeyService[]> {
  const { environment, pgpKeyFiles } = machine
  const onSkipped = ({ source, line, reason }: SkippedKey) =>
    machine.warn(`warning: key left out (${reason}): ${source} line ${line}`)
  const ageKeys = [
    ...listVariable(environment, 'SOPS_AGE_KEY'),
    ...(await readKeyFiles(listNames(environment, ['SOPS_AGE_KEY_FILE', 'SOPS_AGE_SSH_PRIVATE_KEY_FILE']))),
  ]
  return createKeyServices({
    age: { keys: ageKeys, onSkipped },
    pgp: { keys: await readKeyFiles(pgpKeyFiles), onSkipped },
    kms: { isGranted: () => true },
  })
}

function listVariable(environment: CommandInput['environment'], name: string): KeyText[] {
  const text = environment[name]
  return text ? [{ source: name, text }] : []
}

function listNames(environment: CommandInput['environment'], variables: readonly string[]): string[] {
  return variables.flatMap((name) => environment[name] || [])
}

async function readKeyFiles(paths: readonly string[]): Promise<KeyText[]> {
  return await Promise.all(paths.map(async (path) => ({ source: path, text: await readKeyFile(path) })))
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new SyncError('SopsKeyInvalid', { data: { file: path }, cause })
  }
}
