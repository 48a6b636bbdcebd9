import { describe, expect, it } from 'vitest'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import { parseApplication } from '../../../../lib/core/source/argocd/application.ts'
import { parseGitRepository } from '../../../../lib/core/source/flux/git-repository.ts'
import type { Source } from '../../../../lib/core/source/source.ts'
import type { Snapshot } from '../../../../lib/ports.ts'
import { loadVisible } from '../../../../lib/sync/load/load-visible.ts'
import { createApplication, createGitRepository } from '../../../fakes/manifests.ts'
import { createTree } from '../../../fakes/tree.ts'
import { startGitHttpServer } from '../../../servers/git-http-server.ts'

const open = (files: Readonly<Record<string, string>>) => {
  const reads: (readonly string[])[] = []
  const snapshot: Snapshot = {
    commit: 'c',
    tree: createTree(files),
    readFiles: async (paths) => {
      reads.push(paths)
      return new Map(paths.map((path) => [path, Buffer.from(files[path] ?? '')]))
    },
  }
  return { snapshot, reads }
}
const flux = parseGitRepository(createGitRepository())

describe('loadVisible', () => {
  it('shows of a GitRepository what Flux has in the artifact, and looks for its patterns', async () => {
    const { snapshot, reads } = open({ '.sourceignore': 'b/', 'a/x': '1', 'b/x': '2' })
    const { seen, dependencies } = await loadVisible(snapshot, flux, async (tree) => ({
      seen: ['a/x', 'b/x'].filter((path) => tree.entry(path) !== null),
      dependencies: [{ path: 'a/x', oid: 'o' }],
    }))
    expect(seen).toEqual(['a/x'])
    expect(reads).toEqual([['.sourceignore']])
    expect(dependencies.map(({ path }) => path)).toEqual(['.sourceignore', 'a/x'])
  })

  it('loads once where the root alone has patterns, and again where it comes upon more', async () => {
    const files = { '.sourceignore': 'x', 'a/.sourceignore': 'y', 'a/y': '', b: '' }
    const { snapshot, reads } = open(files)
    let loads = 0
    const loadAt = (path: string) => async (tree: Snapshot['tree']) => {
      loads += 1
      return { dependencies: [], seen: tree.entry(path) !== null }
    }
    expect((await loadVisible(snapshot, flux, loadAt('b'))).seen).toBe(true)
    expect(loads).toBe(1)
    expect((await loadVisible(snapshot, flux, loadAt('a/y'))).seen).toBe(false)
    expect(loads).toBe(3)
    expect(reads).toEqual([['.sourceignore'], ['.sourceignore'], ['a/.sourceignore']])
  })

  it('lets no failure count that came before the patterns were known', async () => {
    const { snapshot } = open({ 'a/.sourceignore': 'broken', 'a/broken': '' })
    const load = async (tree: Snapshot['tree']) => {
      if (tree.entry('a/broken')) throw new SyncError('PathNotFound')
      return { dependencies: [] }
    }
    expect((await loadVisible(snapshot, flux, load)).dependencies).toHaveLength(2)
    const failing = async () => {
      throw new SyncError('GitUnavailable')
    }
    await expect(loadVisible(snapshot, flux, failing)).rejects.toMatchObject({ code: 'GitUnavailable' })
  })

  it('shows the whole revision of an Application', async () => {
    const { snapshot, reads } = open({ '.sourceignore': 'a', a: '' })
    const application = parseApplication(createApplication())
    const loaded = await loadVisible(snapshot, application, async (tree) => ({
      dependencies: [],
      seen: tree.entry('a') !== null,
    }))
    expect(loaded).toEqual({ dependencies: [], seen: true })
    expect(reads).toEqual([])
  })

  it('shows links of a repository to Argo CD alone', async () => {
    const server = await startGitHttpServer()
    const content = { 'a/secret.yaml': '1', 'a/link.yaml': { symlink: 'secret.yaml' }, b: { symlink: 'a' } }
    const commit = server.createRepository('app.git').commit(content)
    const client = createGitClient({
      egress: createEgress({ allowHttp: true, allowLoopback: true }),
      connect: createConnect({}),
      readCredential: async () => null,
    })
    const snapshot = await client.open({ url: `${server.url}/app.git` }, commit)
    const list = async (source: Source) =>
      await loadVisible(snapshot, source, async (tree) => ({
        dependencies: [],
        seen: ['', 'a'].flatMap((path) => tree.list(path)),
      }))
    expect(await list(flux)).toMatchObject({ seen: ['a', 'secret.yaml'] })
    expect(await list(parseApplication(createApplication()))).toMatchObject({
      seen: ['a', 'b', 'link.yaml', 'secret.yaml'],
    })
    await server.close()
  })
})
