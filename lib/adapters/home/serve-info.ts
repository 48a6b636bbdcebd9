import { rmSync } from 'node:fs'
import * as z from 'zod/mini'
import type { Home } from './home.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

/** Where the service that holds a home listens. */
export interface ServeInfo {
  readonly url: string
  readonly pid: number
}

const schema = z.object({ url: z.url(), pid: z.int().check(z.positive()) })

/** Tells other processes where the service is. */
export function writeServeInfo({ serveInfoFile }: Pick<Home, 'serveInfoFile'>, info: ServeInfo): void {
  writePrivateFile(serveInfoFile, `${JSON.stringify(info)}\n`)
}

export function removeServeInfo({ serveInfoFile }: Pick<Home, 'serveInfoFile'>): void {
  rmSync(serveInfoFile, { force: true })
}

/**
 * Where the service is; `null` where none has said so, or where the process that did is gone.
 * @throws {SyncError} HomeInvalid
 */
export function readServeInfo({ serveInfoFile }: Pick<Home, 'serveInfoFile'>): ServeInfo | null {
  const bytes = readPrivateFile(serveInfoFile)
  const parsed = schema.safeParse(bytes && parseJson(new TextDecoder().decode(bytes)))
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null
}

/** `null` for text that is no JSON: it tells as little as no file. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Signal 0 only asks; a process of another user may not be asked, and is alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
