import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SyncError } from '../../core/errors.ts'
import { assertPrivate, readOrCreatePrivateFile } from './private-file.ts'

/** The folder of the embedded service (0700) and the files in it (0600). */
export interface Home {
  readonly path: string
  readonly secretsFile: string
  readonly stateFile: string
  readonly queueFile: string
  readonly versionKeyFile: string
  readonly serveInfoFile: string
  readonly lockFile: string
  /** The bearer token of the local API, made at the first call. */
  readToken(): string
  /** The secret that webhooks are signed with, made at the first call. */
  readWebhookSecret(): string
}

/**
 * The home at `path`, made where it is missing.
 * @throws {SyncError} HomeInvalid
 */
export function createHome(path: string): Home {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new SyncError('HomeInvalid', { data: { path }, cause })
  }
  const home = openHome(path)
  // Nothing in it belongs in a repository.
  readOrCreatePrivateFile(join(path, '.gitignore'), () => '*\n')
  return home
}

/**
 * The home at `path`: a folder, no link, of the same user and closed to everybody else.
 * @throws {SyncError} HomeInvalid
 */
export function openHome(path: string): Home {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) throw new SyncError('HomeInvalid', { data: { path } })
  assertPrivate(path, stats)
  const fileAt = (name: string) => join(path, name)
  return {
    path,
    secretsFile: fileAt('secrets.db'),
    stateFile: fileAt('state.db'),
    queueFile: fileAt('queue.db'),
    versionKeyFile: fileAt('version-key'),
    serveInfoFile: fileAt('serve.json'),
    lockFile: fileAt('lock'),
    readToken: () => readRandomText(fileAt('token')),
    readWebhookSecret: () => readRandomText(fileAt('webhook-secret')),
  }
}

/** Text without the line end that an editor leaves. @throws {SyncError} HomeInvalid where it is empty */
function readRandomText(path: string): string {
  const bytes = readOrCreatePrivateFile(path, () => randomBytes(32).toString('base64url'))
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') throw new SyncError('HomeInvalid', { data: { path } })
  return text
}
