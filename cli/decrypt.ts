import { readFile } from 'node:fs/promises'
import { type ErrorCode, SyncError } from '../lib/core/errors.ts'
import { formatOfName } from '../lib/core/sops/detect.ts'
import { parseExtractPath } from '../lib/core/sops/extract.ts'
import { dataKeyErrorCodes, formatKeyReport } from '../lib/core/sops/key-report.ts'
import { isSopsFormat, type SopsFormat } from '../lib/core/sops/sops-format.ts'
import { decryptFile } from '../lib/sync/decrypt-file.ts'
import { createDataKeyUnwrapper } from '../lib/sync/unwrap-data-key.ts'
import { type Command, type CommandInput, exitCodes, readText, readTexts } from './command.ts'
import { createMachineKeyServices } from './key-services.ts'
import { reportError } from './report-error.ts'

/** `smc decrypt`: what `sops -d` prints, with its exit codes. */
export const decryptCommand: Command = {
  usage: 'decrypt [--input-type TYPE] [--output-type TYPE] [--extract PATH] [--pgp-key FILE]... FILE',
  about: 'Print a SOPS file decrypted, as `sops -d` does. Keys come from the variables that sops reads.',
  options: {
    'input-type': { type: 'string', argument: 'TYPE', about: 'yaml, json, dotenv, ini or binary' },
    'output-type': { type: 'string', argument: 'TYPE', about: 'as input-type; by default the same' },
    extract: { type: 'string', argument: 'PATH', about: 'print one value: \'["key"]["list"][0]\'' },
    'pgp-key': {
      type: 'string',
      argument: 'FILE',
      multiple: true,
      about: 'armored private key; may be given several times',
    },
  },
  async run(input) {
    const notes: string[] = []
    try {
      input.output.resultBytes(await decryptNamedFile(input, (line) => notes.push(line)))
      return exitCodes.done
    } catch (thrown) {
      return exitCodeOf(reportError(input.output, thrown).code)
    } finally {
      notes.forEach(input.output.note)
    }
  },
}

async function decryptNamedFile(input: CommandInput, warn: (line: string) => void): Promise<Uint8Array> {
  const [path, ...others] = input.positionals
  if (path === undefined || others.length > 0) {
    throw new SyncError('UsageInvalid', { data: { usage: `smc ${decryptCommand.usage}` } })
  }
  const services = await createMachineKeyServices({
    environment: input.environment,
    pgpKeyFiles: readTexts(input, 'pgp-key'),
    warn,
  })
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
  const unwrap = createDataKeyUnwrapper({ services, onFailure: (report) => warn(formatKeyReport(report)) })
  return await decryptFile(file, unwrap)
}

/** As sops: an unknown type is none, and the suffix of the name decides. */
function readFormat(input: CommandInput, option: string, path: string): SopsFormat {
  const name = readText(input, option)
  return name !== undefined && isSopsFormat(name) ? name : formatOfName(path)
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new SyncError('InputMissing', { data: { file: path }, cause })
  }
}

/** @see https://github.com/getsops/sops/blob/main/cmd/sops/codes/codes.go */
const sopsExitCodes: Partial<Record<ErrorCode, number>> = {
  UsageInvalid: exitCodes.usage,
  InputMissing: 100,
  SopsOutputUnsupported: 4,
  SopsPathInvalid: 91,
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
