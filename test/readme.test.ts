import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const execute = promisify(execFile)
const root = dirname(import.meta.dirname)
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** The shell blocks of the page but those that install: they are what got this test here. */
const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .map(([, block = '']) => block)
  .filter((block) => !block.includes('npm ci') && !block.includes('npm run deploy'))

let folder: string
let service: ChildProcess

/** A folder in which the page's relative paths work, its home is fresh and nothing of the user is touched. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smc-readme-'))
  for (const name of ['bin', 'examples', 'node_modules']) symlinkSync(join(root, name), join(folder, name))
  service = spawn('bin/smc', ['serve', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    let printed = ''
    service.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk
      if (/^ready /m.test(printed)) resolve()
    })
    service.on('exit', () => reject(new Error(printed)))
  })
}, 60_000)

afterAll(async () => {
  const ended = new Promise((resolve) => service.on('exit', resolve))
  service.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
})

async function run(block: string): Promise<string> {
  const identity = { name: 'Reader', email: 'reader@example.invalid' }
  const { stdout } = await execute('sh', ['-e', '-c', block.replaceAll('/tmp/shop', join(folder, 'shop'))], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      GIT_AUTHOR_NAME: identity.name,
      GIT_AUTHOR_EMAIL: identity.email,
      GIT_COMMITTER_NAME: identity.name,
      GIT_COMMITTER_EMAIL: identity.email,
    },
  })
  return stdout
}

describe('the README', () => {
  it('starts with one sentence and the two commands', () => {
    expect(readme).toContain('npm ci && npm start')
    expect(readme).toContain('npm ci && npm test')
  })

  it('shows a push that changes a secret', async () => {
    const [tour = ''] = blocks
    // The last lines of the tour look at what the push has done, which takes a moment.
    const printed = await run(tour.replace(/^sleep 2$/m, 'sleep 5'))
    expect(printed).toContain('shop-dev')
    expect(printed).toContain('dark-mode')
    expect(printed).toContain('update shop-dev-FEATURE_FLAGS')
  }, 60_000)

  it.each(blocks.slice(1).map((block) => [block.split('\n')[0] ?? '', block]))(
    'shows `%s` and what follows',
    async (_, block) => {
      expect(await run(block)).not.toBe('')
    },
    60_000,
  )

  it('names only files that exist', () => {
    const paths = [...readme.matchAll(/`((?:lib|cli|docs|bench|bin|functions|examples)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    )
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
