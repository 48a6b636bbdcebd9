import { errorTable, SyncError } from '../lib/core/errors.ts'
import { detectFormat } from '../lib/core/sops/detect.ts'
import { describeKey } from '../lib/core/sops/keys/key-entry.ts'
import { parseSopsFile } from '../lib/core/sops/sops-file.ts'
import type { Condition } from '../lib/core/status/status.ts'
import type { KeyService } from '../lib/ports.ts'
import { countOpened, type TriedKey, tryKeys } from '../lib/sync/load/try-keys.ts'
import { groupsNeeded } from '../lib/sync/load/unwrap-data-key.ts'
import { type Command, type CommandInput, exitCodes, isSet, readTexts } from './command.ts'
import type { Controller } from './controller/controller.ts'
import { withController } from './controller/with-controller.ts'
import { createMachineKeyServices } from './key-services.ts'
import { readInput } from './read-input.ts'
import { type Examination, type Finding, formatExaminations } from './text/format-examination.ts'

/** `smc doctor`: which keys open a file, or what is wrong with the configs. */
export const doctor: Command = {
  usage: 'doctor [FILE…] [--json]',
  about:
    'Tries every key of each SOPS file from this machine, and says why one does not open it. Without a file it says of\n' +
    'every config that is not ready what is wrong and what to do. Fails where a file does not open or a config is not ready.',
  options: {
    'pgp-key': { type: 'string', argument: 'FILE', multiple: true, about: 'armored private key' },
  },
  async run(input) {
    const { positionals, output } = input
    const examinations =
      positionals.length > 0 ? await examineFiles(input) : await withController(input, examineConfigs)
    output.result(
      isSet(input, 'json') ? JSON.stringify(examinations, null, 2) : formatExaminations(examinations),
    )
    return examinations.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed
  },
}

async function examineFiles(input: CommandInput): Promise<readonly Examination[]> {
  const { environment, output, positionals } = input
  const services = await createMachineKeyServices({
    environment,
    pgpKeyFiles: readTexts(input, 'pgp-key'),
    warn: output.note,
    explain: output.note,
  })
  return await Promise.all(positionals.map((path) => examineFile(path, services)))
}

async function examineFile(path: string, services: readonly KeyService[]): Promise<Examination> {
  const bytes = await readInput(path)
  const format = detectFormat(path, bytes)
  if (format === null) throw new SyncError('SopsMetadataMissing', { data: { file: path } })
  const { groups, shamirThreshold } = parseSopsFile(bytes, format).metadata
  const tried = await tryKeys(services, groups)
  const ok = countOpened(tried) >= groupsNeeded(groups, shamirThreshold)
  return { subject: path, ok, findings: tried.map(describeTried) }
}

function describeTried({ entry, failure }: TriedKey): Finding {
  const about = describeKey(entry)
  if (!failure) return { about, ok: true }
  const { code, reason } = failure
  return { about, ok: false, code, message: reason, hint: errorTable[code].hint }
}

async function examineConfigs(controller: Controller): Promise<readonly Examination[]> {
  const configs = await controller.listConfigs()
  return await Promise.all(
    configs.map(async ({ id, ready }) => {
      const { conditions } = ready ? { conditions: [] } : await controller.readConfig(id)
      const found = conditions.find(({ type }) => type === 'Ready')
      return { subject: id, ok: ready, findings: found ? [describeCondition(found)] : [] }
    }),
  )
}

/** The message of a condition ends with the hint. */
function describeCondition({ type, status, reason, message }: Condition): Finding {
  const finding = { about: type, ok: status === 'True', message }
  return reason in errorTable ? { ...finding, code: reason as keyof typeof errorTable } : finding
}
