import { parseArgs } from 'node:util'
import { isSyncError, SyncError } from '../lib/core/errors.ts'
import { readEnvironment } from '../lib/env.ts'
import { type Command, exitCodes, globalOptions, type Output } from './command.ts'
import { commands } from './commands.ts'
import { formatCommandHelp, formatHelp } from './help.ts'
import { reportError } from './report-error.ts'

/** Runs `smc` with the arguments after its name. Returns the exit code; never throws. */
export async function runMain(argv: readonly string[], output: Output): Promise<number> {
  try {
    return await dispatch(argv, output)
  } catch (thrown) {
    const error = reportError(output, thrown)
    return isSyncError(error, 'UsageInvalid') ? exitCodes.usage : exitCodes.failed
  }
}

async function dispatch(argv: readonly string[], output: Output): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    output.result(formatHelp(commands))
    return name === undefined ? exitCodes.usage : exitCodes.done
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!entry) throw new SyncError('UsageInvalid', { data: { command: name } })
  const command = await entry.load()
  const { values, positionals } = parseCommandLine(command, rest)
  if (values['help'] === true) {
    output.result(formatCommandHelp(command))
    return exitCodes.done
  }
  return await command.run({ values, positionals, output, environment: readEnvironment() })
}

function parseCommandLine(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: { ...globalOptions, ...command.options }, allowPositionals: true })
  } catch (cause) {
    throw new SyncError('UsageInvalid', { data: { usage: `smc ${command.usage}` }, cause })
  }
}

function createProcessOutput(): Output {
  return {
    result: (text) => void process.stdout.write(`${text}\n`),
    resultBytes: (bytes) => void process.stdout.write(bytes),
    note: (text) => void process.stderr.write(`${text}\n`),
    colours: process.stdout.isTTY && process.stdout.hasColors(),
  }
}

if (import.meta.main) {
  process.exitCode = await runMain(process.argv.slice(2), createProcessOutput())
}
