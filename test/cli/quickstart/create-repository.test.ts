import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRepository } from '../../../cli/quickstart/create-repository.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smc-repository-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
}

describe('createRepository', () => {
  it('makes one commit of the content and keeps later ones', async () => {
    const content = join(folder, 'content')
    execFileSync('mkdir', [content])
    writeFileSync(join(content, 'a.txt'), 'a')
    const path = join(folder, 'shop.git')
    const options = {
      path,
      content,
      hookCommand: ['echo', "it's"],
      environment: { PATH: process.env['PATH'] },
    }
    await createRepository(options)
    const first = git('--git-dir', path, 'rev-parse', 'main')
    expect(git('--git-dir', path, 'show', 'main:a.txt')).toBe('a')

    await createRepository({ ...options, hookCommand: ['true'] })
    expect(git('--git-dir', path, 'rev-parse', 'main')).toBe(first)
    const hook = join(path, 'hooks', 'post-receive')
    expect(readFileSync(hook, 'utf8')).toMatch(/^exec 'true'$/m)
    expect(statSync(hook).mode & 0o111).not.toBe(0)
  })
})
