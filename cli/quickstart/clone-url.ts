import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Home } from '../../lib/adapters/home/home.ts'
import { readOrCreatePrivateFile } from '../../lib/adapters/home/private-file.ts'

/** Name of the bare repository of the quickstart. */
export const repositoryName = 'shop.git'

/** The path below which the Git server listens; its random part is as good as a password for the loopback interface. */
export function readGitMount(home: Home): string {
  const path = readOrCreatePrivateFile(join(home.path, 'git-path'), () => randomBytes(16).toString('hex'))
  return `/git/${new TextDecoder().decode(path).trim()}`
}

/** Where the repository is cloned from. */
export function formatCloneUrl(home: Home, serviceUrl: string): string {
  return `${serviceUrl}${readGitMount(home)}/${repositoryName}`
}
