import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../lib/env.ts'
import { runGit } from './run-git.ts'

export interface RepositoryOptions {
  /** The bare repository to make; one that is there already is kept as it is. */
  readonly path: string
  /** Directory whose files become the first commit of `main`. */
  readonly content: string
  /** What the post-receive hook runs, with the lines of the push on its standard input. */
  readonly hookCommand: readonly string[]
  readonly environment: Environment
}

/** Makes the bare Git repository of the quickstart and (again at each start) its post-receive hook. */
export async function createRepository(options: RepositoryOptions): Promise<void> {
  const { path, content, environment } = options
  if (!existsSync(join(path, 'HEAD'))) {
    await mkdir(path, { recursive: true })
    await runGit(['init', '--quiet', '--bare', '--initial-branch=main', '.'], {
      directory: path,
      environment,
    })
    await commitContent(path, content, environment)
  }
  await writeHook(join(path, 'hooks', 'post-receive'), options.hookCommand)
}

async function commitContent(path: string, content: string, environment: Environment): Promise<void> {
  const directory = await mkdtemp(`${path}-`)
  try {
    const at = { directory, environment }
    await cp(content, directory, { recursive: true })
    await runGit(['init', '--quiet', '--initial-branch=main', '.'], at)
    await runGit(['add', '--all'], at)
    await runGit(['commit', '--quiet', '--message=Add the overlays of the shop'], at)
    await runGit(['push', '--quiet', path, 'main'], at)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function writeHook(path: string, command: readonly string[]): Promise<void> {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(
    path,
    `#!/bin/sh\n# Tells the running service of a push, as the webhook of a Git host does.\nexec ${quoted}\n`,
  )
  await chmod(path, 0o755)
}
