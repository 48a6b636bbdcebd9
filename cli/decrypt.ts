import { type ErrorCode, SyncError } from '../lib/core/errors.ts'
import { formatOfName } from '../lib/core/sops/detect.ts'
import { parseExtractPath } from '../lib/core/sops/extract.ts'
import { parseKeyOrder } from '../lib/core/sops/keys/key-order.ts'
import { dataKeyErrorCodes, formatKeyReport } from '../lib/core/sops/keys/key-report.ts'
import { isSopsFormat, type SopsFormat } from '../lib/core/sops/sops-format.ts'
import { decryptFile } from '../lib/sync/load/decrypt-file.ts'
import { createDataKeyUnwrapper } from '../lib/sync/load/unwrap-data-key.ts'
import { type Command, type CommandInput, exitCodes, readText, readTexts } from './command.ts'
import { createMachineKeyServices } from './key-services.ts'
import { readInput } from './read-input.ts'
import { reportError } from './report-error.ts'

/** `smc decrypt`: what `sops -d` prints, with its exit codes. */
export const decryptCommand: Command = {
  usage: 'decrypt [OPTION]... FILE',
  about: 'Print a SOPS file decrypted, as `sops -d` does. Keys come from the variables that sops reads.',
  options: {
    'input-type': { type: 'string', argument: 'TYPE', about: 'yaml, json, dotenv, ini or binary' },
    'output-type': { type: 'string', argument: 'TYPE', about: 'as input-type; by default the same' },
    extract: { type: 'string', argument: 'PATH', about: 'print one value: \'["key"]["list"][0]\'' },
    'decryption-order': {
      type: 'string',
      argument: 'KINDS',
      about: 'kinds of keys to try first: age,pgp; also from SOPS_DECRYPTION_ORDER',
    },
    'pgp-key': {
      type: 'string',
      argument: 'FILE',
      multiple: true,
      about: 'armored private key; may be given several times',
    },
  },
  async run(input) {
    const notes: string[] = []
    const reasons: string[] = []
    try {
      const sinks = {
        warn: (line: string) => notes.push(line),
        explain: (line: string) => reasons.push(line),
      }
      input.output.resultBytes(await decryptNamedFile(input, sinks))
      return exitCodes.done
    } catch (thrown) {
      const { code } = reportError(input.output, thrown)
      notes.push(...reasons)
      return exitCodeOf(code)
    } finally {
      notes.forEach(input.output.note)
    }
  },
}

/** Where lines for standard error go. */
interface Notes {
  readonly warn: (line: string) => void
  /** Shown where the file does not open. */
  readonly explain: (line: string) => void
}

async function decryptNamedFile(input: CommandInput, { warn, explain }: Notes): Promise<Uint8Array> {
  const [path, ...others] = input.positionals
  if (path === undefined || others.length > 0) {
    throw new SyncError('UsageInvalid', { data: { usage: `smc ${decryptCommand.usage}` } })
  }
  const services = await createMachineKeyServices({
    environment: input.environment,
    pgpKeyFiles: readTexts(input, 'pgp-key'),
    warn,
    explain,
  })
  const order = readText(input, 'decryption-order') || input.environment['SOPS_DECRYPTION_ORDER']
  const inputFormat = readFormat(input, 'input-type', path)
  const outputFormat = readFormat(input, 'output-type', path)
  const extract = readText(input, 'extract')
  const file = {
    path,
    bytes: await readInput(path),
    inputFormat,
    outputFormat,
    ...(extract && { extract: parseExtractPath(extract) }),
  }
  const unwrap = createDataKeyUnwrapper({
    services,
    ...(order && { order: parseKeyOrder(order) }),
    onFailure: (report) => explain(formatKeyReport(report)),
  })
  return await decryptFile(file, unwrap)
}

/** As sops: an unknown type is none, and the suffix of the name decides. */
function readFormat(input: CommandInput, option: string, path: string): SopsFormat {
  const name = readText(input, option)
  return name !== undefined && isSopsFormat(name) ? name : formatOfName(path)
}

/** @see https://github.com/getsops/sops/blob/main/cmd/sops/codes/codes.go */
const sopsExitCodes: Partial<Record<ErrorCode, number>> = {
  UsageInvalid: exitCodes.usage,
  InputMissing: 100,
  SopsOutputUnsupported: 4,
  SopsPathInvalid: 91,
  SopsKeyOrderInvalid: 112,
  SopsValueTampered: 25,
  SopsValueNotEncrypted: 25,
  SopsValueInvalid: 25,
  SopsTreeUnsupported: 25,
  SopsMacInvalid: 51,
  SopsMacMismatch: 51,
  ...Object.fromEntries(dataKeyErrorCodes.map((code) => [code, 128])),
}

function exitCodeOf(code: ErrorCode): number {
  return sopsExitCodes[code] ?? exitCodes.failed
}
