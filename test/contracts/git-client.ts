import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GitClient, GitRemote } from '../../lib/ports.ts'
import {
  type GitHttpServer,
  type GitHttpServerOptions,
  startGitHttpServer,
} from '../servers/git-http-server.ts'
import type { GitRepository } from '../servers/git-repository.ts'

/** One Git client under test, and a kind of server that it meets. */
export interface GitClientSubject {
  readonly create: () => GitClient
  readonly server: GitHttpServerOptions
  /** Requests of a first listing of refs, of the opening of a commit after it, and of a first reading of files. */
  readonly requests: { readonly list: number; readonly open: number; readonly read: number }
}

const files = {
  'apps/web/kustomization.yaml': 'resources: [secret.yaml]\n',
  'apps/web/secret.yaml': 'kind: Secret\n',
  'apps/web/same.yaml': 'kind: Secret\n',
  'apps/web/grüße.txt': 'hello\n',
  'apps-x.txt': '',
  link: { symlink: 'apps/web' },
  'big/image.bin': Buffer.alloc(100_000, 7),
} as const

/** What every Git client does, whatever the server offers. */
export function describeGitClient(name: string, subject: GitClientSubject): void {
  describe(`${name}: the contract of Git clients`, () => {
    let server: GitHttpServer
    let repository: GitRepository
    let remote: GitRemote
    let first: string
    let client: GitClient
    let count = 0

    beforeAll(async () => {
      server = await startGitHttpServer(subject.server)
    })
    afterAll(() => server.close())
    beforeEach(() => {
      const path = `team/app-${++count}.git`
      repository = server.createRepository(path)
      first = repository.commit(files)
      remote = { url: `${server.url}/${path}` }
      client = subject.create()
      server.requests.length = 0
    })

    it('lists branches, tags and HEAD, with tags peeled', async () => {
      const second = repository.commit({ 'apps-x.txt': '2' }, { ref: 'refs/heads/next' })
      repository.git('tag', 'light', first)
      repository.git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'tag', '-am', 'tag', 'v1', second)
      repository.git('update-ref', 'refs/pull/1/head', second)
      const { refs, head } = await client.listRefs(remote)
      expect(Object.fromEntries(refs)).toEqual({
        HEAD: first,
        'refs/heads/main': first,
        'refs/heads/next': second,
        'refs/tags/light': first,
        'refs/tags/v1': second,
      })
      expect(head).toBe('refs/heads/main')
      expect(server.requests).toHaveLength(subject.requests.list)
    })

    it('lists nothing of an empty repository', async () => {
      server.createRepository(`empty-${count}.git`)
      const { refs } = await client.listRefs({ url: `${server.url}/empty-${count}.git` })
      expect(refs.size).toBe(0)
    })

    it('knows every name of a commit at once', async () => {
      repository.commit({ submodule: { submodule: first } })
      const { tree } = await client.open(remote, repository.git('rev-parse', 'main'))
      expect(tree.list('')).toEqual(['apps', 'apps-x.txt', 'big', 'link', 'submodule'])
      expect(tree.list('apps/web')).toEqual(['grüße.txt', 'kustomization.yaml', 'same.yaml', 'secret.yaml'])
      expect(tree.list('apps-x.txt')).toEqual([])
      expect(tree.entry('')).toEqual({ kind: 'directory', oid: repository.git('rev-parse', 'main^{tree}') })
      expect(tree.entry('apps/web')?.kind).toBe('directory')
      expect(tree.entry('apps-x.txt')).toEqual({
        kind: 'file',
        oid: repository.git('rev-parse', 'main:apps-x.txt'),
      })
      expect(tree.entry('link')?.kind).toBe('symlink')
      expect(tree.entry('submodule')).toEqual({ kind: 'submodule', oid: first })
      for (const absent of ['nothing', 'apps/web/none', 'apps-x.txt/x', 'link/secret.yaml', 'submodule/x']) {
        expect(tree.entry(absent)).toBeNull()
      }
    })

    it('reads files and the targets of links, in as few requests as there can be', async () => {
      await client.listRefs(remote)
      server.requests.length = 0
      const snapshot = await client.open(remote, first)
      expect(server.requests).toHaveLength(subject.requests.open)
      const paths = ['apps/web/secret.yaml', 'apps/web/same.yaml', 'apps-x.txt', 'link', 'big/image.bin']
      const contents = await snapshot.readFiles(paths)
      expect(server.requests).toHaveLength(subject.requests.open + subject.requests.read)
      expect([...contents.keys()]).toEqual(paths)
      expect(
        Object.fromEntries([...contents].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])),
      ).toEqual({
        'apps/web/secret.yaml': 'kind: Secret\n',
        'apps/web/same.yaml': 'kind: Secret\n',
        'apps-x.txt': '',
        link: 'apps/web',
        'big/image.bin': '\u0007'.repeat(100_000),
      })
      await snapshot.readFiles(paths)
      expect(server.requests).toHaveLength(subject.requests.open + subject.requests.read)
    })

    it('fetches what is unchanged once, and a known commit not at all', async () => {
      await (await client.open(remote, first)).readFiles(['apps/web/secret.yaml', 'link'])
      const second = repository.commit({ 'apps/web/secret.yaml': 'kind: Changed\n' })
      server.requests.length = 0
      const snapshot = await client.open(remote, second)
      expect(server.requests).toHaveLength(1)
      expect(snapshot.tree.list('apps/web')).toHaveLength(4)
      const contents = await snapshot.readFiles(['apps/web/secret.yaml', 'link'])
      expect(String(Buffer.from(contents.get('apps/web/secret.yaml') ?? []))).toBe('kind: Changed\n')
      expect(server.requests).toHaveLength(1 + subject.requests.read)
      const again = await client.open(remote, first)
      await again.readFiles(['apps/web/secret.yaml', 'link'])
      expect(server.requests).toHaveLength(1 + subject.requests.read)
    })

    it('opens commits that share no history', async () => {
      await client.open(remote, first)
      const orphan = repository.commit({ 'apps/web/secret.yaml': 'other\n' }, { orphan: true })
      const snapshot = await client.open(remote, orphan)
      expect(snapshot.tree.list('')).toEqual(['apps'])
      const contents = await snapshot.readFiles(['apps/web/secret.yaml'])
      expect(contents.get('apps/web/secret.yaml')).toEqual(Buffer.from('other\n'))
    })

    it('refuses commits, files and repositories that are not there', async () => {
      await expect(client.open(remote, '1'.repeat(40))).rejects.toMatchObject({ code: 'GitRefNotFound' })
      await expect(client.open(remote, 'main')).rejects.toMatchObject({ code: 'GitProtocolUnsupported' })
      const snapshot = await client.open(remote, first)
      await expect(snapshot.readFiles(['none'])).rejects.toMatchObject({ code: 'PathNotFound' })
      await expect(snapshot.readFiles(['apps/web'])).rejects.toMatchObject({ code: 'PathNotFound' })
      const absent = { url: `${server.url}/absent.git` }
      await expect(client.listRefs(absent)).rejects.toMatchObject({ code: 'GitRepositoryNotFound' })
    })

    it('refuses submodules and LFS pointers where they are read', async () => {
      const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 9\n`
      const commit = repository.commit({ module: { submodule: first }, 'secret.enc.yaml': pointer })
      const snapshot = await client.open(remote, commit)
      await expect(snapshot.readFiles(['module'])).rejects.toMatchObject({ code: 'GitSubmoduleUnsupported' })
      await expect(snapshot.readFiles(['secret.enc.yaml'])).rejects.toMatchObject({
        code: 'GitLfsUnsupported',
      })
    })
  })
}
