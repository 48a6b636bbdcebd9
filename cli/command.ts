import type { ParseArgsOptionDescriptor } from 'node:util'

/** Where a command prints: results to `result`, everything else to `note`. Both take text without a final newline. */
export interface Output {
  result(text: string): void
  /** Bytes exactly as they are. */
  resultBytes(bytes: Uint8Array): void
  note(text: string): void
  /** Whether stdout is a terminal that shows colours. */
  readonly colours: boolean
}

export interface Option extends ParseArgsOptionDescriptor {
  /** One line for `--help`. */
  readonly about: string
  /** How `--help` calls the argument of a string option. */
  readonly argument?: string
}

export interface CommandInput {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
  readonly output: Output
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** One sub-command of `smc`; `run` resolves to the exit code. */
export interface Command {
  /** What follows `smc` in the usage line. */
  readonly usage: string
  readonly about: string
  readonly options: Readonly<Record<string, Option>>
  /** @throws {SyncError} UsageInvalid, and whatever the work itself meets */
  run(input: CommandInput): Promise<number>
}

/** Options of every command. */
export const globalOptions = {
  home: {
    type: 'string',
    argument: 'DIR',
    default: '.smc',
    about: 'where the embedded service keeps its data',
  },
  api: {
    type: 'string',
    argument: 'URL',
    about: 'ask the deployed service at this address instead, signed with your AWS credentials; else SMC_API',
  },
  manifests: { type: 'string', argument: 'DIR', about: 'folder with configs and sources' },
  kubeconfig: {
    type: 'string',
    argument: 'FILE',
    about: 'follow the configs and sources of a cluster instead of a folder',
  },
  policy: {
    type: 'string',
    argument: 'FILE',
    about: 'who may use what: a policy file, or `single` for one tenant; needed with --kubeconfig',
  },
  'allow-host': {
    type: 'string',
    multiple: true,
    argument: 'HOST',
    about: 'a host on a private address that may be connected to; may be repeated',
  },
  port: { type: 'string', argument: 'N', about: 'port to listen on; 0 takes a free one' },
  json: { type: 'boolean', about: 'print JSON' },
  help: { type: 'boolean', short: 'h', about: 'show this help' },
} as const satisfies Record<string, Option>

export const exitCodes = { done: 0, failed: 1, pending: 2, usage: 64 } as const

/** The value of a string option, or `undefined`. */
export function readText(input: Pick<CommandInput, 'values'>, name: string): string | undefined {
  const value = input.values[name]
  return typeof value === 'string' ? value : undefined
}

/** Every value of an option that may be repeated. */
export function readTexts(input: Pick<CommandInput, 'values'>, name: string): string[] {
  const value = input.values[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Whether a boolean option was given. */
export function isSet(input: Pick<CommandInput, 'values'>, name: string): boolean {
  return input.values[name] === true
}
