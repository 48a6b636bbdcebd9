import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import { type GitHttpServer, startGitHttpServer } from '../../../servers/git-http-server.ts'

const egress = createEgress({ allowHttp: true, allowLoopback: true })
const connect = createConnect({ allowLoopback: true })
const readCredential = async () => null
const mebibyte = 1024 * 1024

/** Directories enough for deltas between the trees of two commits. */
const files = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [`apps/app-${index}/secret.yaml`, `name: ${index}\n`]),
)

describe('createGitClient', () => {
  let server: GitHttpServer
  beforeAll(async () => {
    server = await startGitHttpServer()
  })
  afterAll(() => server.close())

  it('leaves what is large and not asked for where it is', async () => {
    const commit = server
      .createRepository('large.git')
      .commit({ ...files, 'image.bin': Buffer.alloc(8 * mebibyte, 'random') })
    const client = createGitClient({ egress, connect, readCredential })
    const snapshot = await client.open({ url: `${server.url}/large.git` }, commit)
    expect(await snapshot.readFiles(Object.keys(files))).toHaveProperty('size', 50)
    await expect(snapshot.readFiles(['image.bin'])).rejects.toMatchObject({
      code: 'GitFetchTooLarge',
      data: { limit: 'maxObjectBytes' },
    })
  })

  it('holds a commit that comes whole to the size of a clone', async () => {
    const whole = await startGitHttpServer({ settings: { 'uploadpack.allowFilter': 'false' } })
    const commit = whole
      .createRepository('app.git')
      .commit({ ...files, 'image.bin': Buffer.alloc(2 * mebibyte, 'random') })
    const remote = { url: `${whole.url}/app.git` }
    const small = createGitClient({ egress, connect, readCredential, maxCloneBytes: mebibyte })
    await expect(small.open(remote, commit)).rejects.toMatchObject({
      code: 'GitFetchTooLarge',
      data: { limit: 'maxTotalBytes' },
    })
    const large = createGitClient({ egress, connect, readCredential, maxCloneBytes: 3 * mebibyte })
    expect((await large.open(remote, commit)).tree.entry('image.bin')?.kind).toBe('file')
    await whole.close()
  })

  it.each([
    ['with filter', 'true'],
    ['without filter', 'false'],
  ])('reads all the same from a server %s when it remembers nothing', async (_, allowFilter) => {
    const forgetful = await startGitHttpServer({ settings: { 'uploadpack.allowFilter': allowFilter } })
    const { commit } = forgetful.createRepository('app.git')
    const remote = { url: `${forgetful.url}/app.git` }
    const client = createGitClient({ egress, connect, readCredential, cacheBytes: 1 })
    await client.open(remote, commit(files))
    const second = commit({ 'apps/app-7/secret.yaml': 'name: changed\n' })
    const snapshot = await client.open(remote, second)
    expect(snapshot.tree.list('apps')).toHaveLength(50)
    const contents = await snapshot.readFiles(Object.keys(files))
    const texts = [...contents.values()].map((bytes) => Buffer.from(bytes).toString())
    expect(texts).toEqual(Object.values({ ...files, 'apps/app-7/secret.yaml': 'name: changed\n' }))
    await forgetful.close()
  })
})
