import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { createConnect } from '../../../../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../../lib/adapters/git/git-client.ts'
import { hashObject } from '../../../../../lib/core/git/object.ts'
import {
  type GitHttpServer,
  type GitHttpServerOptions,
  startGitHttpServer,
} from '../../../../servers/git-http-server.ts'
import { isolatedGitEnvironment } from '../../../../servers/git-repository.ts'

let server: GitHttpServer

afterEach(() => server.close())

/** A repository on a server, and a client that counts what it asks for beside the listing. */
async function open(options: GitHttpServerOptions = {}, maxCloneBytes = 64 * 1024 * 1024) {
  server = await startGitHttpServer(options)
  const repository = server.createRepository('app.git')
  const remote = { url: `${server.url}/app.git` }
  const client = createGitClient({
    egress: createEgress({ allowHttp: true, allowLoopback: true }),
    connect: createConnect({ allowLoopback: true }),
    readCredential: async () => null,
    maxCloneBytes,
  })
  const find = async (oid: string, digits = 7) => {
    const listing = await client.listRefs(remote)
    server.requests.length = 0
    return await client.expandCommit(remote, oid.slice(0, digits), listing)
  }
  return { ...repository, find }
}

const noFilter = { settings: { 'uploadpack.allowFilter': 'false' } }

describe.each<[string, GitHttpServerOptions]>([
  ['protocol 2', {}],
  ['protocol 2 without filter', noFilter],
  ['protocol 1', { protocol: 0 }],
])('%s', (_, offer) => {
  it('finds any commit of branches and tags, and asks for what is new alone', async () => {
    const { commit, git, find } = await open(offer)
    const [one, two] = [commit({ a: '1' }), commit({ a: '2' })]
    git('update-ref', 'refs/heads/side', one)
    const side = commit({ 'b/c': '1' }, { ref: 'refs/heads/side' })
    git('-c', 'user.name=A', '-c', 'user.email=a@test', 'tag', '-am', 'tag', 'v1', side)
    const hidden = commit({ d: '1' }, { ref: 'refs/pull/1/head', orphan: true })
    for (const oid of [one, two, side]) expect(await find(oid)).toBe(oid)
    for (const oid of [hidden, '2'.repeat(40)])
      await expect(find(oid)).rejects.toMatchObject({ code: 'GitRefNotFound' })
    for (const oid of [one, hidden]) {
      await find(oid).catch(() => {})
      expect(server.requests).toHaveLength(0)
    }
    commit({ a: '3' })
    const four = commit({ a: '4' })
    expect(await find(one)).toBe(one)
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]?.sentBytes).toBeLessThan(1500)
    expect(await find(four)).toBe(four)
  })

  it('forgets what no ref leads to any more', async () => {
    const { commit, git, find } = await open(offer)
    const [one, two] = [commit({ a: '1' }), commit({ a: '2' })]
    expect(await find(two)).toBe(two)
    git('update-ref', 'refs/heads/main', one)
    await expect(find(two)).rejects.toMatchObject({ code: 'GitRefNotFound' })
    const other = commit({ a: 'other' })
    expect(await find(other)).toBe(other)
    git('update-ref', 'refs/heads/main', two)
    expect(await find(two)).toBe(two)
    git('update-ref', 'refs/heads/main', other)
    await expect(find(two)).rejects.toMatchObject({ code: 'GitRefNotFound' })
    git('update-ref', '-d', 'refs/heads/main')
    await expect(find(other)).rejects.toMatchObject({ code: 'GitRefNotFound' })
  })
})

it('finds none where two commits begin alike, and is told so by a push that comes later', async () => {
  const { commit, git, directory, find } = await open()
  const [one, other] = writeAlike(directory, git('rev-parse', `${commit({ a: '1' })}^{tree}`))
  git('update-ref', 'refs/heads/one', one)
  expect(await find(one)).toBe(one)
  git('update-ref', 'refs/tags/other', other)
  await expect(find(one)).rejects.toMatchObject({
    code: 'GitRefAmbiguous',
    data: { ref: one.slice(0, 7), commits: [one, other].sort() },
  })
  expect(await find(one, 39)).toBe(one)
  git('update-ref', '-d', 'refs/tags/other')
  expect(await find(one)).toBe(one)
})

it('asks once for a history that is too large', async () => {
  const { commit, find } = await open(noFilter, 50_000)
  const one = commit({ a: 'x'.repeat(100_000) })
  commit({ a: '2' })
  await expect(find(one)).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  expect(server.requests).toHaveLength(1)
  await expect(find(one)).rejects.toMatchObject({ code: 'GitFetchTooLarge' })
  expect(server.requests).toHaveLength(0)
})

it('needs no contents where the server can leave them out', async () => {
  const { commit, find } = await open({}, 50_000)
  const one = commit({ a: 'x'.repeat(6_000_000) })
  commit({ a: '2' })
  expect(await find(one)).toBe(one)
  expect(server.requests[0]?.sentBytes).toBeLessThan(1500)
})

/** Two commits whose ids begin with the same seven digits. */
function writeAlike(cwd: string, tree: string): [one: string, other: string] {
  const signature = 'A <a@example.com> 1 +0000'
  const byBegin = new Map<string, string>()
  for (let n = 0; ; n++) {
    const input = `tree ${tree}\nauthor ${signature}\ncommitter ${signature}\n\n${n}\n`
    const begin = hashObject({ type: 'commit', bytes: Buffer.from(input) }).slice(0, 7)
    const alike = byBegin.get(begin)
    if (alike !== undefined) return [writeCommit(cwd, alike), writeCommit(cwd, input)]
    byBegin.set(begin, input)
  }
}

function writeCommit(cwd: string, input: string): string {
  const options = { cwd, input, env: isolatedGitEnvironment(), encoding: 'utf8' } as const
  return execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], options).trim()
}
