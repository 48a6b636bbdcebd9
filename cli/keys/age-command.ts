import { spawn } from 'node:child_process'
import { readErrorCode } from '../../lib/adapters/egress/error-code.ts'
import { createAgeKeyService } from '../../lib/adapters/keys/age.ts'
import type { LocalKeys } from '../../lib/adapters/keys/local/key-text.ts'
import { SyncError } from '../../lib/core/errors.ts'
import type { Environment } from '../../lib/env.ts'
import type { KeyService } from '../../lib/ports.ts'
import { splitCommand } from './split-command.ts'

export interface AgeCommandOptions {
  /** The variable that holds the command. */
  readonly variable: string
  readonly environment: Environment
  readonly isGranted: (recipient: string) => boolean
  readonly onSkipped: LocalKeys['onSkipped']
}

/**
 * Opens entries for age with the identities that a command prints. It runs when the first entry for a recipient is met,
 * which it finds in `SOPS_AGE_RECIPIENT`; it may ask for a passphrase on the terminal.
 * @see https://getsops.io/docs/#encrypting-using-age
 */
export function createAgeCommandKeyService({
  variable,
  environment,
  isGranted,
  onSkipped,
}: AgeCommandOptions): KeyService {
  const services = new Map<string, Promise<KeyService>>()
  const open = async (recipient: string) => {
    const text = await runCommand(variable, { ...environment, SOPS_AGE_RECIPIENT: recipient })
    return createAgeKeyService({
      keys: [{ source: variable, text }],
      isGranted,
      ...(onSkipped && { onSkipped }),
    })
  }
  return {
    kind: 'age',
    isGranted: () => true,
    async unwrap(entry) {
      if (entry.kind !== 'age') return null
      const service = services.get(entry.recipient) ?? open(entry.recipient)
      services.set(entry.recipient, service)
      return await (await service).unwrap(entry)
    },
  }
}

/** What the command prints. It may be a private key, so no error quotes it. */
async function runCommand(variable: string, env: Environment): Promise<string> {
  const [program = '', ...args] = splitCommand(env[variable] ?? '')
  const child = spawn(program, args, { env, stdio: ['inherit', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(readErrorCode(error)))
    child.on('close', resolve)
  })
  if (ended !== 0) throw new SyncError('SopsKeyInvalid', { data: { source: variable, ended: String(ended) } })
  return Buffer.concat(chunks).toString('utf8')
}
