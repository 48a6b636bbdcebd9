import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitHttpServer, startGitHttpServer } from '../../../servers/git-http-server.ts'
import { isolatedGitEnvironment } from '../../../servers/git-repository.ts'

const run = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'http-backend-'))
const hookOutput = join(scratch, 'hook')
let server: GitHttpServer

beforeAll(async () => {
  server = await startGitHttpServer({ environment: { HOOK_OUTPUT: hookOutput } })
})

afterAll(async () => {
  await server.close()
  rmSync(scratch, { recursive: true, force: true })
})

async function git(...args: string[]): Promise<string> {
  const env = { ...isolatedGitEnvironment(), GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' }
  const { stdout } = await run('git', args, {
    cwd: scratch,
    env: { ...env, GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' },
  })
  return stdout.trim()
}

describe('createGitHttpBackend', () => {
  it('serves a clone, and a push whose hook sees the environment', async () => {
    const repository = server.createRepository('team/app.git')
    repository.commit({ 'a.txt': 'one\n' })
    repository.hook('post-receive', 'while read old new ref; do echo "$new $ref" >> "$HOOK_OUTPUT"; done')
    await git('clone', '-q', `${server.url}/team/app.git`, 'clone')
    expect(readFileSync(join(scratch, 'clone', 'a.txt'), 'utf8')).toBe('one\n')

    await git('-C', 'clone', 'commit', '-q', '--allow-empty', '-m', 'pushed')
    await git('-C', 'clone', 'push', '-q', 'origin', 'main')
    const pushed = repository.git('rev-parse', 'main')
    expect(pushed).toBe(await git('-C', 'clone', 'rev-parse', 'HEAD'))
    expect(readFileSync(hookOutput, 'utf8')).toBe(`${pushed} refs/heads/main\n`)
  })

  it('accepts a push that is too large for one buffer of the client', async () => {
    const repository = server.createRepository('chunked.git')
    await git('init', '-q', '-b', 'main', 'large')
    writeFileSync(join(scratch, 'large', 'random.bin'), randomBytes(3_000_000))
    await git('-C', 'large', 'add', '.')
    await git('-C', 'large', 'commit', '-q', '-m', 'large')
    await git('-C', 'large', 'push', '-q', `${server.url}/chunked.git`, 'main')
    expect(repository.git('cat-file', '-s', 'main:random.bin')).toBe('3000000')
  })

  it('serves a partial clone', async () => {
    const commit = server.createRepository('partial.git').commit({ 'a.txt': 'one\n', 'b/c.txt': 'two\n' })
    await git('clone', '-q', '--no-checkout', '--filter=blob:none', `${server.url}/partial.git`, 'partial')
    expect(await git('-C', 'partial', 'rev-parse', 'HEAD')).toBe(commit)
    const missing = await git('-C', 'partial', 'rev-list', '--objects', '--missing=print', 'HEAD')
    expect(missing.split('\n').filter((line) => line.startsWith('?'))).toHaveLength(2)
  })

  it('speaks protocol 2 to clients that ask for it', async () => {
    server.createRepository('protocol.git').commit({ a: '1' })
    const url = `${server.url}/protocol.git/info/refs?service=git-upload-pack`
    const answer = await fetch(url, { headers: { 'git-protocol': 'version=2' } })
    expect(answer.headers.get('content-type')).toBe('application/x-git-upload-pack-advertisement')
    expect(await answer.text()).toContain('version 2')
  })

  it('accepts a request body that is compressed', async () => {
    const commit = server.createRepository('gzip.git').commit({ a: '1' })
    const lines = '0014command=ls-refs\n0001' + '0000'
    const answer = await fetch(`${server.url}/gzip.git/git-upload-pack`, {
      method: 'POST',
      headers: {
        'git-protocol': 'version=2',
        'content-encoding': 'gzip',
        'content-type': 'application/x-git-upload-pack-request',
      },
      body: gzipSync(lines),
    })
    expect(await answer.text()).toContain(`${commit} refs/heads/main`)
  })

  it.each([
    ['GET', '/app.git/HEAD'],
    ['GET', '/app.git/objects/info/packs'],
    ['GET', '/app.git/info/refs'],
    ['GET', '/app.git/info/refs?service=git-upload-archive'],
    ['POST', '/app.git/info/refs?service=git-upload-pack'],
    ['GET', '/app.git/git-upload-pack'],
    ['GET', '/.hidden/info/refs?service=git-upload-pack'],
    ['GET', '/a/%2e%2e/app.git/info/refs?service=git-upload-pack'],
    ['GET', '//app.git/info/refs?service=git-upload-pack'],
    ['GET', '/absent.git/info/refs?service=git-upload-pack'],
  ])('answers 404 to %s %s', async (method, target) => {
    const answer = await fetch(`${server.url}${target}`, { method })
    await answer.text()
    expect(answer.status).toBe(404)
  })
})
