import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { SyncError } from '../../lib/core/errors.ts'
import type { Environment } from '../../lib/env.ts'

const execute = promisify(execFile)

/** Runs `git` in `directory`, untouched by the settings of the user and of the machine. @throws {SyncError} GitUnavailable */
export async function runGit(
  args: readonly string[],
  { directory, environment }: { readonly directory: string; readonly environment: Environment },
): Promise<string> {
  try {
    const { stdout } = await execute('git', args, {
      cwd: directory,
      env: {
        PATH: environment['PATH'],
        HOME: directory,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Quickstart',
        GIT_AUTHOR_EMAIL: 'quickstart@example.invalid',
        GIT_COMMITTER_NAME: 'Quickstart',
        GIT_COMMITTER_EMAIL: 'quickstart@example.invalid',
      },
    })
    return stdout
  } catch (cause) {
    throw new SyncError('GitUnavailable', { data: { command: `git ${args[0] ?? ''}` }, cause })
  }
}
