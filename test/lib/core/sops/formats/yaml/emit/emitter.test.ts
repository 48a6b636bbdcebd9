import { expect, it } from 'vitest'
import { createEmitter, emitScalar } from '../../../../../../../lib/core/sops/formats/yaml/emit/emitter.ts'

it.each([
  [{ text: 'a', tag: '', style: 'plain' }, 'a'],
  [{ text: '<<', tag: '!!merge', style: 'plain' }, '!!merge <<'],
  [{ text: 'a\t', tag: '', style: 'double' }, '"a\\t"'],
  [{ text: "it's", tag: '', style: 'single' }, "'it''s'"],
  [{ text: 'a\u2028b', tag: '', style: 'single' }, "'a\u2028  b'"],
  [{ text: 'a\n\nb', tag: '', style: 'literal' }, '|-\n  a\n\n  b'],
  [{ text: '/w==\n', tag: '!!binary', style: 'literal' }, '!!binary |\n  /w==\n'],
] as const)('writes %o', (token, text) => {
  const emitter = createEmitter()
  emitScalar(emitter, token, 2)
  expect(emitter.writer.text()).toBe(text)
})

it('writes a line comment into the header of a block', () => {
  const emitter = createEmitter()
  emitter.comments.add({ line: '# c' })
  emitScalar(emitter, { text: 'a', tag: '', style: 'literal' }, 2)
  expect(emitter.writer.text()).toBe('|- # c\n  a')
})
