import { SyncError } from './core/errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The process environment. This file is its only reader. */
export function readEnvironment(): Environment {
  return process.env
}

/** What each variable holds, as a function that reads it; `null` where the value is illegal. */
type Schema = Readonly<Record<string, (value: string) => unknown>>
type Settings<Read extends Schema> = { readonly [Name in keyof Read]: Exclude<ReturnType<Read[Name]>, null> }

const functionSchema = {
  STATE_TABLE: readText,
  WATCH_QUEUE_URL: readUrl,
  SYNC_QUEUE_URL: readUrl,
} as const satisfies Schema

const webhookSchema = { ...functionSchema, WEBHOOK_SECRET_ARNS: readNamedArns } as const satisfies Schema

/** What every function is told. */
export interface FunctionSettings {
  readonly stateTable: string
  readonly queueUrls: { readonly watch: string; readonly sync: string }
}

export interface WebhookSettings extends FunctionSettings {
  /** ARNs of the secrets that each Git host signs with. */
  readonly webhookSecretArns: ReadonlyMap<string, readonly string[]>
}

/** @throws {SyncError} EnvironmentInvalid */
export function parseApiSettings(environment: Environment): FunctionSettings {
  return nameCommon(parseSettings(functionSchema, environment))
}

/** @throws {SyncError} EnvironmentInvalid, also where no Git host has a secret */
export function parseWebhookSettings(environment: Environment): WebhookSettings {
  const settings = parseSettings(webhookSchema, environment)
  return { ...nameCommon(settings), webhookSecretArns: settings.WEBHOOK_SECRET_ARNS }
}

function nameCommon(settings: Settings<typeof functionSchema>): FunctionSettings {
  return {
    stateTable: settings.STATE_TABLE,
    queueUrls: { watch: settings.WATCH_QUEUE_URL, sync: settings.SYNC_QUEUE_URL },
  }
}

/** Names the first variable that is missing or illegal, and not its value. */
function parseSettings<Read extends Schema>(schema: Read, environment: Environment): Settings<Read> {
  const settings = Object.entries(schema).map(([variable, read]) => {
    const value = read(environment[variable]?.trim() ?? '')
    if (value === null) throw new SyncError('EnvironmentInvalid', { data: { variable } })
    return [variable, value]
  })
  return Object.fromEntries(settings) as Settings<Read>
}

function readText(value: string): string | null {
  return value === '' ? null : value
}

function readUrl(value: string): string | null {
  return /^https?:\/\/./.test(value) && URL.canParse(value) ? value : null
}

/** `github=<arn> github=<arn>`: a name before each ARN, and the same name twice while one secret replaces another. */
function readNamedArns(value: string): ReadonlyMap<string, readonly string[]> | null {
  const pairs = value.split(/\s+/).map((pair) => /^([a-z][a-z0-9-]*)=(arn:aws[a-z-]*:.+)$/.exec(pair))
  const arns = new Map<string, readonly string[]>()
  for (const [, name = '', arn = ''] of pairs.filter((pair) => pair !== null)) {
    arns.set(name, [...(arns.get(name) ?? []), arn])
  }
  return pairs.includes(null) ? null : arns
}
