import { createKeyServices } from '../lib/adapters/keys/index.ts'
import type { KeyText, LocalKeys, SkippedKey } from '../lib/adapters/keys/local/key-text.ts'
import type { KeyEntry } from '../lib/core/sops/keys/key-entry.ts'
import type { Environment } from '../lib/env.ts'
import type { KeyService } from '../lib/ports.ts'
import { createAgeCommandKeyService } from './keys/age-command.ts'
import { commandVariables, listNamedAgeFiles, listUsualAgeFiles } from './keys/age-sources.ts'
import { readCloudKeys } from './keys/cloud-keys.ts'
import { readKeyFiles, readReadableKeyFiles } from './keys/key-files.ts'

export interface MachineKeys {
  readonly environment: Environment
  /** Files with armored OpenPGP private keys. */
  readonly pgpKeyFiles: readonly string[]
  /** Which keys may be used; by default all that are found. */
  readonly isGranted?: (entry: KeyEntry) => boolean
  /** Told what was left out although it was named, one line each. */
  readonly warn: (line: string) => void
  /** Told what was left out of the usual places; of interest only where no key fits. */
  readonly explain?: (line: string) => void
}

/**
 * The keys of whoever runs the command, from where sops takes them: age and SSH identities from the variables
 * `SOPS_AGE_…`, `~/.ssh` and the user's configuration; the AWS credentials of the process; log-ins of other clouds.
 * A file that cannot be read is left out, since another key may do.
 * @throws {SyncError} SopsKeyInvalid for a file of `pgpKeyFiles` that cannot be read
 */
export async function createMachineKeyServices(machine: MachineKeys): Promise<readonly KeyService[]> {
  const { environment, pgpKeyFiles, isGranted = () => true, warn, explain = () => {} } = machine
  const usualFiles = listUsualAgeFiles(environment, process.platform)
  const onSkipped = ({ source, line, reason }: SkippedKey) => {
    const tell = usualFiles.includes(source) ? explain : warn
    tell(`warning: key left out (${reason}): ${source} line ${line}`)
  }
  const onUnreadable = (path: string, error: string) => {
    if (error !== 'ENOENT') explain(`warning: key left out (unreadable): ${path}`)
  }
  const ageKeys = [
    ...listVariable(environment, 'SOPS_AGE_KEY'),
    ...(await readReadableKeyFiles(listNamedAgeFiles(environment), (path) =>
      warn(`warning: key left out (unreadable): ${path}`),
    )),
    ...(await readReadableKeyFiles(usualFiles, onUnreadable)),
  ]
  const isRecipientGranted = (recipient: string) => isGranted({ kind: 'age', recipient, enc: '' })
  const services = createKeyServices({
    age: { keys: ageKeys, isGranted: isRecipientGranted, onSkipped },
    ...(pgpKeyFiles.length > 0 && { pgp: await openPgpKeys(machine, onSkipped) }),
    kms: { isGranted },
    ...(await readCloudKeys(environment, onUnreadable)),
  })
  const commands = commandVariables.filter((variable) => environment[variable])
  return [
    ...services,
    ...commands.map((variable) =>
      createAgeCommandKeyService({ variable, environment, isGranted: isRecipientGranted, onSkipped }),
    ),
  ]
}

async function openPgpKeys(
  { pgpKeyFiles, isGranted = () => true }: MachineKeys,
  onSkipped: (skipped: SkippedKey) => void,
): Promise<LocalKeys> {
  return {
    keys: await readKeyFiles(pgpKeyFiles),
    isGranted: (fingerprint) => isGranted({ kind: 'pgp', fingerprint, enc: '' }),
    onSkipped,
  }
}

function listVariable(environment: Environment, name: string): KeyText[] {
  const text = environment[name]
  return text ? [{ source: name, text }] : []
}
