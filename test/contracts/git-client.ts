import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CredentialRef } from '../../lib/core/source/source.ts'
import type { GitClient, GitRemote, Snapshot } from '../../lib/ports.ts'
import type { GitRepository } from '../servers/git-repository.ts'
import type { GitServer } from '../servers/git-server.ts'

/** A kind of Git client, and a kind of server that it meets. */
export interface GitClientSubject {
  readonly create: () => GitClient
  readonly startServer: () => Promise<GitServer>
  readonly credentials?: CredentialRef
  /** Requests of a first listing of refs, and of a first reading of files in a commit that is open. */
  readonly requests: { readonly list: number; readonly read: number }
}

const submodule = '1'.repeat(40)
const identified = ['-c', 'user.name=A', '-c', 'user.email=a@example.com']
const files = {
  'apps/web/kustomization.yaml': 'resources: [secret.yaml]\n',
  'apps/web/secret.yaml': 'kind: Secret\n',
  'apps/web/same.yaml': 'kind: Secret\n',
  'apps/web/grüße.txt': 'hello\n',
  'apps-x.txt': '',
  'big/image.bin': Buffer.alloc(100_000, 7),
  'big/pointer.yaml': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9\n`,
  link: { symlink: 'apps/web' },
  module: { submodule },
} as const

/** What every Git client does, whatever the server offers. */
export function describeGitClient(name: string, subject: GitClientSubject): void {
  describe(`${name}: the contract of Git clients`, () => {
    let server: GitServer
    let repository: GitRepository
    let remote: GitRemote
    let first: string
    let client: GitClient
    const { credentials } = subject
    const locate = (name: string): GitRemote => ({
      url: `${server.url}/${name}`,
      ...(credentials && { credentials }),
    })

    beforeAll(async () => {
      server = await subject.startServer()
      repository = server.createRepository('team/app.git')
      first = repository.commit(files)
      remote = locate('team/app.git')
    })
    afterAll(() => server.close())
    beforeEach(() => {
      client = subject.create()
      server.requests.length = 0
    })

    it('lists branches, tags and HEAD, with tags peeled', async () => {
      const { commit, git } = server.createRepository('refs.git')
      const main = commit({ a: '1' })
      const next = commit({ a: '2' }, { ref: 'refs/heads/next' })
      git('tag', 'light', main)
      git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'tag', '-am', 'tag', 'v1', next)
      git('update-ref', 'refs/pull/1/head', next)
      const { refs, head } = await client.listRefs(locate('refs.git'))
      expect(Object.fromEntries(refs)).toEqual({
        HEAD: main,
        'refs/heads/main': main,
        'refs/heads/next': next,
        'refs/tags/light': main,
        'refs/tags/v1': next,
      })
      expect(head).toBe('refs/heads/main')
      expect(server.requests).toHaveLength(subject.requests.list)
    })

    it('lists what the server has now, in one request', async () => {
      const growing = locate('growing.git')
      const { commit } = server.createRepository('growing.git')
      expect((await client.listRefs(growing)).refs.size).toBe(0)
      server.requests.length = 0
      const main = commit({ a: '1' })
      expect((await client.listRefs(growing)).refs.get('refs/heads/main')).toBe(main)
      expect(server.requests).toHaveLength(1)
    })

    it('knows every name of a commit at once', async () => {
      const { tree } = await client.open(remote, first)
      expect(tree.list('')).toEqual(['apps', 'apps-x.txt', 'big', 'link', 'module'])
      expect(tree.list('apps/web')).toEqual(['grüße.txt', 'kustomization.yaml', 'same.yaml', 'secret.yaml'])
      expect(tree.list('apps-x.txt')).toEqual([])
      expect(tree.entry('')).toEqual({
        kind: 'directory',
        oid: repository.git('rev-parse', `${first}^{tree}`),
      })
      expect(tree.entry('apps/web')?.kind).toBe('directory')
      const oid = repository.git('rev-parse', `${first}:apps-x.txt`)
      expect(tree.entry('apps-x.txt')).toEqual({ kind: 'file', oid })
      expect(tree.entry('link')?.kind).toBe('symlink')
      expect(tree.entry('module')).toEqual({ kind: 'submodule', oid: submodule })
      for (const absent of ['nothing', 'apps/web/none', 'apps-x.txt/x', 'link/secret.yaml', 'module/x']) {
        expect(tree.entry(absent)).toBeNull()
      }
    })

    it('reads files and the targets of links, in as few requests as there can be', async () => {
      await client.listRefs(remote)
      server.requests.length = 0
      const snapshot = await client.open(remote, first)
      const paths = ['apps/web/secret.yaml', 'apps/web/same.yaml', 'apps-x.txt', 'link', 'big/image.bin']
      const expected = ['kind: Secret\n', 'kind: Secret\n', '', 'apps/web', '\u0007'.repeat(100_000)]
      expect(await readTexts(snapshot, paths)).toEqual(expected)
      expect(server.requests).toHaveLength(1 + subject.requests.read)
      expect(await readTexts(snapshot, paths)).toEqual(expected)
      expect(server.requests).toHaveLength(1 + subject.requests.read)
    })

    it('fetches what is unchanged once, and a known commit not at all', async () => {
      const paths = ['apps/web/secret.yaml', 'link']
      await readTexts(await client.open(remote, first), paths)
      repository.git('update-ref', 'refs/heads/change', first)
      const second = repository.commit({ 'apps/web/secret.yaml': 'new\n' }, { ref: 'refs/heads/change' })
      server.requests.length = 0
      const snapshot = await client.open(remote, second)
      expect(snapshot.tree.list('apps/web')).toHaveLength(4)
      expect(await readTexts(snapshot, paths)).toEqual(['new\n', 'apps/web'])
      expect(server.requests).toHaveLength(1 + subject.requests.read)
      const sentBytes = server.requests.reduce((sum, request) => sum + request.sentBytes, 0)
      expect(sentBytes).toBeLessThan(2000)
      const again = await client.open(remote, first)
      expect(await readTexts(again, paths)).toEqual(['kind: Secret\n', 'apps/web'])
      expect(server.requests).toHaveLength(1 + subject.requests.read)
    })

    it('opens a commit once for those who ask at the same time', async () => {
      await client.listRefs(remote)
      server.requests.length = 0
      await Promise.all([client.open(remote, first), client.open(remote, first)])
      expect(server.requests).toHaveLength(1)
    })

    it('opens a commit that shares no history with a known one, which is gone', async () => {
      const { commit, git } = server.createRepository('rewound.git')
      const rewound = locate('rewound.git')
      await client.open(rewound, commit(files))
      const orphan = commit({ 'apps/web/secret.yaml': 'other\n' }, { orphan: true })
      git('prune', '--expire=now')
      const snapshot = await client.open(rewound, orphan)
      expect(snapshot.tree.list('')).toEqual(['apps'])
      expect(await readTexts(snapshot, ['apps/web/secret.yaml'])).toEqual(['other\n'])
    })

    it('reads a commit as Git hashes it', async () => {
      const bytes = await client.readCommit(remote, first)
      expect(`${Buffer.from(bytes)}`).toBe(`${repository.git('cat-file', 'commit', first)}`)
    })

    it('tells what came before a commit from what did not', async () => {
      const { commit, git } = server.createRepository('history.git')
      const history = locate('history.git')
      const [one, two, three] = [commit({ a: '1' }), commit({ a: '2' }), commit({ a: '3' })]
      git('update-ref', 'refs/heads/side', one)
      git('update-ref', 'refs/heads/old', one)
      const side = commit({ b: '1' }, { ref: 'refs/heads/side' })
      const tree = git('rev-parse', `${three}^{tree}`)
      const merge = git(...identified, 'commit-tree', tree, '-p', three, '-p', side, '-m', 'merge')
      git('update-ref', 'refs/heads/main', merge)
      const other = commit({ c: '1' }, { ref: 'refs/heads/other', orphan: true })
      const isAncestor = (ancestor: string, of: string) => client.isAncestor(history, ancestor, of)
      for (const ancestor of [one, two, three, side, merge])
        expect(await isAncestor(ancestor, merge)).toBe(true)
      expect(await isAncestor(one, side)).toBe(true)
      expect(await isAncestor(three, one)).toBe(false)
      expect(await isAncestor(two, side)).toBe(false)
      expect(await isAncestor(other, merge)).toBe(false)
      expect(await isAncestor('2'.repeat(40), merge)).toBe(false)
    })

    it('finds a commit by the begin of its id', async () => {
      const { commit } = server.createRepository('expand.git')
      const [one] = [commit({ a: '1' }), commit({ 'b/c': '2' })]
      const listing = await client.listRefs(locate('expand.git'))
      const find = async (oid: string) =>
        await client.expandCommit(locate('expand.git'), oid.slice(0, 7), listing)
      server.requests.length = 0
      expect([await find(one), await find(one)]).toEqual([one, one])
      expect(server.requests).toHaveLength(1)
      await expect(find('2'.repeat(40))).rejects.toMatchObject({ code: 'GitRefNotFound' })
    })

    it('refuses commits, files and repositories that are not there', async () => {
      await expect(client.open(remote, '2'.repeat(40))).rejects.toMatchObject({ code: 'GitRefNotFound' })
      await expect(client.open(remote, 'main')).rejects.toMatchObject({ code: 'GitProtocolUnsupported' })
      const snapshot = await client.open(remote, first)
      await expect(snapshot.readFiles(['none'])).rejects.toMatchObject({ code: 'PathNotFound' })
      await expect(snapshot.readFiles(['apps/web'])).rejects.toMatchObject({ code: 'PathNotFound' })
      await expect(client.listRefs(locate('absent.git'))).rejects.toMatchObject({
        code: 'GitRepositoryNotFound',
      })
    })

    it('refuses submodules and LFS pointers where they are read', async () => {
      const snapshot = await client.open(remote, first)
      const readModule = snapshot.readFiles(['module'])
      await expect(readModule).rejects.toMatchObject({ code: 'GitSubmoduleUnsupported' })
      const readPointer = snapshot.readFiles(['big/pointer.yaml'])
      await expect(readPointer).rejects.toMatchObject({ code: 'GitLfsUnsupported' })
    })
  })
}

async function readTexts(snapshot: Snapshot, paths: readonly string[]): Promise<string[]> {
  const contents = await snapshot.readFiles(paths)
  expect([...contents.keys()]).toEqual(paths)
  return [...contents.values()].map((bytes) => Buffer.from(bytes).toString())
}
