import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readKeyFiles, readReadableKeyFiles } from '../../../cli/keys/key-files.ts'

const here = join(import.meta.dirname, 'key-files.test.ts')

it('reads files, each with its path as the source', async () => {
  expect(await readKeyFiles([here])).toEqual([
    { source: here, text: expect.stringContaining('readKeyFiles') },
  ])
})

it('refuses where one cannot be read', async () => {
  await expect(readKeyFiles([here, '/nowhere'])).rejects.toMatchObject({
    code: 'SopsKeyInvalid',
    data: { file: '/nowhere' },
  })
})

it('leaves out what need not be there', async () => {
  const left: string[][] = []
  const read = await readReadableKeyFiles(['/nowhere', here, '/'], (...unread) => left.push(unread))
  expect(read.map(({ source }) => source)).toEqual([here])
  expect(left).toEqual([
    ['/nowhere', 'ENOENT'],
    ['/', 'EISDIR'],
  ])
})
