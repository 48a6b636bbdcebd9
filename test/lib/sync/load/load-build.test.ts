import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyServices } from '../../../../lib/adapters/keys/index.ts'
import type { Lacking, LoadedFiles } from '../../../../lib/core/files/loaded-file.ts'
import { readContent } from '../../../../lib/core/files/loaded-file.ts'
import { loadBuild } from '../../../../lib/sync/load/load-build.ts'
import { createDataKeyUnwrapper } from '../../../../lib/sync/load/unwrap-data-key.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures')
const read = (name: string) => readFileSync(join(fixtures, name))
const keys = [{ source: 'test', text: read('keys/x25519.agekey').toString() }]
const unwrap = createDataKeyUnwrapper({ services: createKeyServices({ age: { keys } }) })

/** A build that finds out in two rounds which files it needs. */
function build(
  files: LoadedFiles,
): Lacking | { status: 'built'; texts: Record<string, string>; encrypted: string[] } {
  if (!files.has('list')) return { status: 'lacking', paths: ['list'] }
  const lacking = ['sealed.env', 'plain', 'list'].filter((path) => !files.has(path))
  if (lacking.length > 0) return { status: 'lacking', paths: lacking }
  const entries = [...files].map(([path, file]) => [path, Buffer.from(readContent(file)).toString()])
  const encrypted = [...files].flatMap(([path, file]) => (file.encrypted ? [path] : []))
  return { status: 'built', texts: Object.fromEntries(entries), encrypted }
}

describe('loadBuild', () => {
  it('loads each round in one batch, every file once, and decrypts what is encrypted', async () => {
    const contents: Record<string, Uint8Array> = {
      list: Buffer.from('l'),
      plain: Buffer.from('p'),
      'sealed.env': read('sync/application.secrets.env'),
    }
    const batches: string[][] = []
    const readFiles = async (paths: readonly string[]) => {
      batches.push([...paths])
      return new Map(paths.map((path) => [path, contents[path] ?? new Uint8Array()]))
    }
    const built = await loadBuild(build, { readFiles, unwrap })
    expect(batches).toEqual([['list'], ['sealed.env', 'plain']])
    expect(built.encrypted).toEqual(['sealed.env'])
    expect(built.texts).toMatchObject({
      plain: 'p',
      'sealed.env': 'PASSWORD=canary-7d1f93\nUSER=shop\n#OLD=1\n',
    })
  })

  it('does not go round for ever', async () => {
    const again = (): Lacking => ({ status: 'lacking', paths: ['a'] })
    const readFiles = async () => new Map([['a', new Uint8Array()]])
    await expect(loadBuild<{ status: 'built' }>(again, { readFiles, unwrap })).rejects.toMatchObject({
      code: 'InternalError',
    })
  })
})
