import { type ConfigLocation, parseConfigLocation } from './core/config/config-location.ts'
import { SyncError } from './core/errors.ts'
import type { KmsGrant } from './core/sops/keys/kms-grant.ts'

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

const reconcileSchema = {
  ...functionSchema,
  DEPLOYMENT: readText,
  CONFIG_SOURCES: readConfigLocations,
  CREDENTIALS_PREFIX: readText,
  POLICY: readOptionalText,
} as const satisfies Schema

const workerSchema = {
  ...reconcileSchema,
  ACCOUNT: readAccount,
  VERSION_KEY_ARN: readText,
  KMS_KEY_ARNS: readList,
  KMS_ROLE_ARNS: readList,
  ALLOWED_HOSTS: readList,
  EVENT_BUS: readText,
  LIST_LAG_SECONDS: readCount,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: readPositive,
} as const satisfies Schema

/** What every function is told. */
export interface FunctionSettings {
  readonly stateTable: string
  readonly queueUrls: { readonly watch: string; readonly sync: string }
}

export interface WebhookSettings extends FunctionSettings {
  /** ARNs of the secrets that each Git host signs with. */
  readonly webhookSecretArns: ReadonlyMap<string, readonly string[]>
}

export interface ReconcileSettings extends FunctionSettings {
  /** Name of this deployment: part of every ownership mark. */
  readonly deployment: string
  readonly configLocations: readonly ConfigLocation[]
  /** Begin of the names of the service's own secrets. */
  readonly credentialsPrefix: string
  /** The path of a policy file, `single`, or nothing. */
  readonly policy: string
}

export interface WorkerSettings extends ReconcileSettings {
  /** The account of the function. */
  readonly account: string
  readonly versionKeyArn: string
  /** KMS keys, and roles to use them through, that encrypted files may name. */
  readonly kms: KmsGrant
  /** Hosts that may be on private addresses. */
  readonly allowedHosts: readonly string[]
  /** How long lists of secrets are not believed after a write. */
  readonly listLagMs: number
  /** Name of the bus that events go to. */
  readonly eventBus: string
  readonly memoryBytes: number
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

/** @throws {SyncError} EnvironmentInvalid */
export function parseReconcileSettings(environment: Environment): ReconcileSettings {
  return nameReconcile(parseSettings(reconcileSchema, environment))
}

/** @throws {SyncError} EnvironmentInvalid */
export function parseWorkerSettings(environment: Environment): WorkerSettings {
  const settings = parseSettings(workerSchema, environment)
  return {
    ...nameReconcile(settings),
    account: settings.ACCOUNT,
    versionKeyArn: settings.VERSION_KEY_ARN,
    kms: { keyArns: settings.KMS_KEY_ARNS, roleArns: settings.KMS_ROLE_ARNS },
    allowedHosts: settings.ALLOWED_HOSTS,
    eventBus: settings.EVENT_BUS,
    listLagMs: settings.LIST_LAG_SECONDS * 1000,
    memoryBytes: settings.AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 1024 * 1024,
  }
}

function nameReconcile(settings: Settings<typeof reconcileSchema>): ReconcileSettings {
  return {
    ...nameCommon(settings),
    deployment: settings.DEPLOYMENT,
    configLocations: settings.CONFIG_SOURCES,
    credentialsPrefix: settings.CREDENTIALS_PREFIX,
    policy: settings.POLICY,
  }
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

function readOptionalText(value: string): string {
  return value
}

function readUrl(value: string): string | null {
  return /^https?:\/\/./.test(value) && URL.canParse(value) ? value : null
}

/** Words between white space or commas; none where there is no text. */
function readList(value: string): readonly string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '')
}

function readAccount(value: string): string | null {
  return /^\d{12}$/.test(value) ? value : null
}

function readCount(value: string): number | null {
  return /^\d{1,6}$/.test(value) ? Number(value) : null
}

function readPositive(value: string): number | null {
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null
}

/** At least one location, with names that tell them apart. */
function readConfigLocations(value: string): readonly ConfigLocation[] | null {
  const locations = readList(value).map(parseConfigLocation)
  const known = locations.filter((location) => location !== null)
  const names = new Set(known.map(({ name }) => name))
  return known.length > 0 && names.size === locations.length ? known : null
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
