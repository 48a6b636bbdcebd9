import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type ErrorCode, SyncError, toSyncError } from '../lib/core/errors.ts'
import { escapeControl } from '../lib/core/redact.ts'
import { detectFormat } from '../lib/core/sops/detect.ts'
import type { SopsFormat } from '../lib/core/sops/sops-format.ts'
import { createLimiter } from '../lib/sync/limit-concurrency.ts'
import { decryptFile } from '../lib/sync/load/decrypt-file.ts'
import type { DataKeyUnwrapper } from '../lib/sync/load/unwrap-data-key.ts'
import { type Command, exitCodes, isSet } from './command.ts'
import { createLateUnwrapper } from './late-unwrapper.ts'

/** What was found of one encrypted file. */
interface VerifiedFile {
  /** Below the folder. */
  readonly file: string
  readonly format: SopsFormat
  readonly ok: boolean
  readonly code?: ErrorCode
  readonly message?: string
}

const filesAtATime = 8

/** `smc verify`: what a pipeline asks before a merge. */
export const verify: Command = {
  usage: 'verify DIR [--json]',
  about:
    'Checks every SOPS file below DIR: that a key of this machine opens it, and that its MAC fits what it holds.\n' +
    'Prints no value. Fails where one file does.',
  options: {},
  async run(input) {
    const [folder, ...others] = input.positionals
    if (folder === undefined || others.length > 0) {
      throw new SyncError('UsageInvalid', { data: { usage: `smc ${verify.usage}` } })
    }
    const files = await verifyFolder(folder, createLateUnwrapper(input))
    input.output.result(isSet(input, 'json') ? JSON.stringify(files, null, 2) : formatFiles(files))
    return files.every(({ ok }) => ok) ? exitCodes.done : exitCodes.failed
  },
}

async function verifyFolder(folder: string, unwrap: DataKeyUnwrapper): Promise<readonly VerifiedFile[]> {
  const limited = createLimiter(filesAtATime)
  const paths = await listFiles(folder)
  const found = await Promise.all(
    paths.map((path) => limited(() => verifyFile(path, relative(folder, path), unwrap))),
  )
  return found.flat()
}

/** Regular files in the order of their paths; what Git keeps for itself is left out. */
async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => !relative(folder, path).split('/').includes('.git'))
      .sort()
  } catch (cause) {
    throw new SyncError('InputMissing', { data: { file: folder }, cause })
  }
}

/** Nothing of a file that is not encrypted. */
async function verifyFile(
  path: string,
  file: string,
  unwrap: DataKeyUnwrapper,
): Promise<readonly VerifiedFile[]> {
  const bytes = await readFile(path)
  const format = detectFormat(file, bytes)
  if (format === null) return []
  try {
    await decryptFile({ path: file, bytes, inputFormat: format }, unwrap)
    return [{ file, format, ok: true }]
  } catch (thrown) {
    const { code, message } = toSyncError(thrown)
    return [{ file, format, ok: false, code, message }]
  }
}

function formatFiles(files: readonly VerifiedFile[]): string {
  const failed = files.filter(({ ok }) => !ok)
  const rows = failed.map(({ file, code, message = '' }) => escapeControl(`${file}: ${code}: ${message}`))
  return [...rows, `${files.length} encrypted files, ${failed.length} failed`].join('\n')
}
