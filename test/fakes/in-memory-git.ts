import { createHash } from 'node:crypto'
import { SyncError } from '../../lib/core/errors.ts'
import type { Tree, TreeEntry } from '../../lib/core/files/tree.ts'
import type { GitClient, Snapshot } from '../../lib/ports.ts'

export interface InMemoryGit extends GitClient {
  /** Commits `files` (path to text) as the whole content of `branch`. @returns the commit id */
  commit(branch: string, files: Readonly<Record<string, string | Uint8Array>>): string
  /** Points `branch` back at a commit that was made before. */
  reset(branch: string, commit: string): void
  removeBranch(branch: string): void
  /** Thrown by every call while it is set. */
  failure: SyncError | null
  /**
   * What was asked for, in order: `listRefs`, `open <commit>`, `read <n>`, `isAncestor <commit> <commit>`,
   * `expandCommit <begin>`.
   */
  readonly calls: string[]
}

type Files = ReadonlyMap<string, Uint8Array>

/** A repository that lives in memory; object ids are those that Git would give to blobs, and stable for trees. */
export function createInMemoryGit(): InMemoryGit {
  const commits = new Map<string, Files>()
  const parents = new Map<string, string | undefined>()
  const branches = new Map<string, string>()
  const calls: string[] = []
  const check = (call: string) => {
    calls.push(call)
    if (git.failure) throw git.failure
  }
  const git: InMemoryGit = {
    failure: null,
    calls,
    commit(branch, files) {
      const content = new Map(Object.entries(files).map(([path, body]) => [path, Buffer.from(body)]))
      const id = hash(
        'commit',
        Buffer.from(`${branches.get(branch) ?? ''}${commits.size}${hashTree(content, '')}`),
      )
      commits.set(id, content)
      parents.set(id, branches.get(branch))
      branches.set(branch, id)
      return id
    },
    reset: (branch, commit) => void branches.set(branch, commit),
    removeBranch: (branch) => void branches.delete(branch),
    async listRefs() {
      check('listRefs')
      const refs = new Map([...branches].map(([name, id]) => [`refs/heads/${name}`, id]))
      return { refs, head: 'refs/heads/main' }
    },
    async open(_remote, commit) {
      check(`open ${commit}`)
      const files = commits.get(commit)
      if (!files) throw new SyncError('GitRefNotFound', { data: { commit } })
      return createSnapshot(commit, files, check)
    },
    async readCommit(_remote, commit) {
      check(`readCommit ${commit}`)
      return Buffer.from(commit)
    },
    async expandCommit(_remote, abbreviation) {
      check(`expandCommit ${abbreviation}`)
      const found = [...commits.keys()].find((commit) => commit.startsWith(abbreviation))
      if (found !== undefined) return found
      throw new SyncError('GitRefNotFound', { data: { ref: abbreviation } })
    },
    async isAncestor(_remote, ancestor, commit) {
      check(`isAncestor ${ancestor} ${commit}`)
      for (let at: string | undefined = commit; at !== undefined; at = parents.get(at)) {
        if (at === ancestor) return true
      }
      return false
    },
  }
  return git
}

function createSnapshot(commit: string, files: Files, check: (call: string) => void): Snapshot {
  return {
    commit,
    tree: createTree(files),
    async readFiles(paths) {
      check(`read ${paths.length}`)
      return new Map(
        paths.map((path) => {
          const content = files.get(path)
          if (!content) throw new SyncError('GitDataInvalid', { data: { path } })
          return [path, content]
        }),
      )
    },
  }
}

function createTree(files: Files): Tree {
  return {
    entry(path): TreeEntry | null {
      const content = files.get(path)
      if (content) return { kind: 'file', oid: hash('blob', content) }
      return path === '' || listNames(files, path).length > 0
        ? { kind: 'directory', oid: hashTree(files, path) }
        : null
    },
    list: (path) => listNames(files, path),
  }
}

function listNames(files: Files, folder: string): string[] {
  const prefix = folder === '' ? '' : `${folder}/`
  const below = [...files.keys()].filter((path) => path.startsWith(prefix))
  return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))].sort()
}

function hashTree(files: Files, folder: string): string {
  const prefix = folder === '' ? '' : `${folder}/`
  const below = [...files].filter(([path]) => path.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
  return hash('tree', Buffer.from(below.map(([path, body]) => `${path}\0${hash('blob', body)}`).join('\n')))
}

function hash(kind: string, body: Uint8Array): string {
  return createHash('sha1').update(`${kind} ${body.length}\0`).update(body).digest('hex')
}
