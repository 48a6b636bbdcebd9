import { expect, it } from 'vitest'
import { createIniReader } from '../../../../../../lib/core/sops/formats/ini/reader.ts'

it('gives lines with their line feeds, then nothing', () => {
  const reader = createIniReader('a\r\n\nb')
  expect([reader.next(), reader.next(), reader.next(), reader.next()]).toEqual(['a\r\n', '\n', 'b', null])
  expect(reader.fail()).toMatchObject({ code: 'SopsFileUnreadable', data: { line: 3 } })
})

it('keeps a comment until it is taken', () => {
  const reader = createIniReader('')
  reader.addComment('# a\n')
  reader.addComment('# b')
  expect([reader.takeComment(), reader.takeComment()]).toEqual(['# a\n# b', ''])
})
