import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Content of a file; `null` removes it, and the other forms make what is not a plain file. */
export type FileChange =
  | string
  | Uint8Array
  | null
  | { readonly symlink: string }
  | { readonly submodule: string }

export interface CommitOptions {
  /** Full ref to move; `refs/heads/main` unless told. */
  readonly ref?: string
  readonly message?: string
  /** The commit has no parent and holds nothing but `changes`. */
  readonly orphan?: boolean
}

/** A bare repository on disk that tests write to. */
export interface GitRepository {
  readonly directory: string
  /** Commits `changes` on top of the ref and returns the id of the commit. */
  commit(changes: Readonly<Record<string, FileChange>>, options?: CommitOptions): string
  /** Runs `git` in the repository and returns what it prints, trimmed. */
  git(...args: string[]): string
  /** Installs a hook; `script` is the body of a shell script. */
  hook(name: string, script: string): void
}

const identity = 'Test <test@example.com>'

/** The environment of every `git` that tests run: nothing of the user's own settings. */
export function isolatedGitEnvironment(): Record<string, string | undefined> {
  return {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    LC_ALL: 'C',
  }
}

/** Makes an empty bare repository at `directory`, its HEAD at `main`. */
export function createGitRepository(directory: string, objectFormat = 'sha1'): GitRepository {
  mkdirSync(dirname(directory), { recursive: true })
  runGit(dirname(directory), [
    'init',
    '-q',
    '--bare',
    '--template=',
    '-b',
    'main',
    `--object-format=${objectFormat}`,
    directory,
  ])
  let clock = 1_700_000_000
  const git = (...args: string[]) => runGit(directory, args).trim()
  return {
    directory,
    git,
    commit(changes, { ref = 'refs/heads/main', message = 'change', orphan = false } = {}) {
      clock += 60
      const parent = !orphan && hasRef(directory, ref) ? `from ${ref}^0\n` : ''
      const stream = [
        `${orphan ? `reset ${ref}\n` : ''}commit ${ref}\nmark :1\ncommitter ${identity} ${clock} +0000\n`,
        ...formatData(message),
        parent,
        ...Object.entries(changes).flatMap(([path, change]) => formatChange(path, change)),
        '\nget-mark :1\n',
      ]
      return runGit(directory, ['fast-import', '--quiet', '--force'], stream).trim()
    },
    hook(name, script) {
      const path = join(directory, 'hooks', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `#!/bin/sh\n${script}\n`)
      chmodSync(path, 0o755)
    },
  }
}

function hasRef(directory: string, ref: string): boolean {
  const packed = join(directory, 'packed-refs')
  return (
    existsSync(join(directory, ref)) ||
    (existsSync(packed) && readFileSync(packed, 'utf8').includes(` ${ref}\n`))
  )
}

function runGit(cwd: string, args: readonly string[], input: readonly (string | Uint8Array)[] = []): string {
  return execFileSync('git', args, {
    cwd,
    env: isolatedGitEnvironment(),
    input: Buffer.concat(input.map((part) => Buffer.from(part))),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

function formatChange(path: string, change: FileChange): (string | Uint8Array)[] {
  const name = JSON.stringify(path)
  if (change === null) return [`D ${name}\n`]
  if (typeof change === 'string' || change instanceof Uint8Array) {
    return [`M 100644 inline ${name}\n`, ...formatData(change)]
  }
  if ('symlink' in change) return [`M 120000 inline ${name}\n`, ...formatData(change.symlink)]
  return [`M 160000 ${change.submodule} ${name}\n`]
}

function formatData(content: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n']
}
