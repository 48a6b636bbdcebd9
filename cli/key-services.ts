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
 * A file that a variable names and that cannot be read is left out, since another key may do.
 * @throws {SyncError} SopsKeyInvalid for a file of `pgpKeyFiles` that cannot be read
 */
export async function createMachineKeyServices(machine: MachineKeys): Promise<readonly KeyService[]> {
  const { environment, pgpKeyFiles } = machine
  const onSkipped = ({ source, line, reason }: SkippedKey) =>
    machine.warn(`warning: key left out (${reason}): ${source} line ${line}`)
  const onUnreadable = (path: string) => machine.warn(`warning: key left out (unreadable): ${path}`)
  const ageFiles = listNames(environment, ['SOPS_AGE_KEY_FILE', 'SOPS_AGE_SSH_PRIVATE_KEY_FILE'])
  const ageKeys = [
    ...listVariable(environment, 'SOPS_AGE_KEY'),
    ...(await readOptionalKeyFiles(ageFiles, onUnreadable)),
  ]
  return createKeyServices({
    age: { keys: ageKeys, onSkipped },
    ...(pgpKeyFiles.length > 0 && { pgp: { keys: await readKeyFiles(pgpKeyFiles), onSkipped } }),
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

async function readOptionalKeyFiles(
  paths: readonly string[],
  onUnreadable: (path: string) => void,
): Promise<KeyText[]> {
  const results = await Promise.allSettled(paths.map(readKeyFile))
  return results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [result.value]
    onUnreadable(paths[index] ?? '')
    return []
  })
}

async function readKeyFiles(paths: readonly string[]): Promise<KeyText[]> {
  return await Promise.all(paths.map(readKeyFile))
}

async function readKeyFile(path: string): Promise<KeyText> {
  try {
    return { source: path, text: await readFile(path, 'utf8') }
  } catch (cause) {
    throw new SyncError('SopsKeyInvalid', { data: { file: path }, cause })
  }
}
