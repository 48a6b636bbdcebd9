import { readFile } from 'node:fs/promises'
import { createAgeKeyService } from '../lib/adapters/keys/age.ts'
import { SyncError } from '../lib/core/errors.ts'
import type { KeyService } from '../lib/ports.ts'
import type { CommandInput } from './command.ts'

interface KeyText {
  readonly source: string
  readonly text: string
}

/**
 * The keys that sops would use on this machine: `SOPS_AGE_KEY`, `SOPS_AGE_KEY_FILE`, `SOPS_AGE_SSH_PRIVATE_KEY_FILE`.
 * @param warn told what was left out, one line each
 * @throws {SyncError} SopsKeyInvalid where a named file cannot be read
 */
export async function createMachineKeyServices(
  environment: CommandInput['environment'],
  warn: (line: string) => void,
): Promise<KeyService[]> {
  const identities = [
    ...textOfVariable(environment, 'SOPS_AGE_KEY'),
    ...(await textOfNamedFile(environment, 'SOPS_AGE_KEY_FILE')),
    ...(await textOfNamedFile(environment, 'SOPS_AGE_SSH_PRIVATE_KEY_FILE')),
  ]
  return [
    createAgeKeyService({
      identities,
      onSkipped: ({ source, line, reason }) =>
        warn(`warning: identity left out (${reason}): ${source} line ${line}`),
    }),
  ]
}

function textOfVariable(environment: CommandInput['environment'], name: string): KeyText[] {
  const text = environment[name]
  return text ? [{ source: name, text }] : []
}

async function textOfNamedFile(environment: CommandInput['environment'], name: string): Promise<KeyText[]> {
  const path = environment[name]
  if (!path) return []
  try {
    return [{ source: path, text: await readFile(path, 'utf8') }]
  } catch (cause) {
    throw new SyncError('SopsKeyInvalid', { data: { variable: name, file: path }, cause })
  }
}
