import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { createDirectorySource } from '../../lib/adapters/config/directory.ts'
import type { Home } from '../../lib/adapters/home/home.ts'
import { SyncError } from '../../lib/core/errors.ts'
import type { ConfigSource } from '../../lib/ports.ts'
import { type CommandInput, readText } from '../command.ts'

/** Name of the folder of manifests that the quickstart keeps in its home, and first part of its config ids. */
export const quickstartName = 'quickstart'

/**
 * The manifests that a command works with: those of `--manifests`, else those of the quickstart in this home.
 * @throws {SyncError} UsageInvalid where there are neither
 */
export function openConfigSource(input: CommandInput, home: Home): ConfigSource {
  const folder = readText(input, 'manifests')
  if (folder !== undefined)
    return createDirectorySource({ path: resolve(folder), name: basename(resolve(folder)) })
  const path = join(home.path, quickstartName)
  if (!existsSync(path)) throw new SyncError('UsageInvalid', { data: { missing: '--manifests DIR' } })
  return createDirectorySource({ path, name: quickstartName })
}
