import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDirectoryTree } from '../../../../lib/adapters/git/directory-tree.ts'

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tree-'))
  mkdirSync(join(root, 'd', '.git'), { recursive: true })
  writeFileSync(join(root, 'f'), 'x')
  writeFileSync(join(root, 'big'), '')
  truncateSync(join(root, 'big'), 5 * 1024 * 1024 + 1)
  symlinkSync('../../etc', join(root, 'link'))
})
afterAll(() => rmSync(root, { recursive: true }))

it('names what is there and follows no link', () => {
  const { tree } = createDirectoryTree(root)
  const kinds = ['', 'f', 'd', 'link', 'none', 'f/x', 'link/passwd'].map(
    (path) => tree.entry(path)?.kind ?? null,
  )
  expect(kinds).toEqual(['directory', 'file', 'submodule', 'symlink', null, null, null])
  expect([tree.list(''), tree.list('f'), tree.list('none')]).toEqual([['big', 'd', 'f', 'link'], [], []])
})

it('reads files and the targets of links', async () => {
  const contents = await createDirectoryTree(root).readFiles(['f', 'link'])
  expect([...contents].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
    ['f', 'x'],
    ['link', '../../etc'],
  ])
})

it.each([
  ['big', 'GitFetchTooLarge'],
  ['d', 'PathNotFound'],
  ['none', 'PathNotFound'],
])('refuses to read %s', async (path, code) => {
  await expect(createDirectoryTree(root).readFiles([path])).rejects.toMatchObject({ code })
})
