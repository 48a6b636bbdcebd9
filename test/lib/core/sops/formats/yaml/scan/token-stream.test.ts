import { describe, expect, it } from 'vitest'
import { createTokenStream } from '../../../../../../../lib/core/sops/formats/yaml/scan/token-stream.ts'

describe('a token stream', () => {
  it('shows a token until it is skipped', () => {
    const stream = createTokenStream('a: b')
    const types: string[] = []
    for (;;) {
      const { type } = stream.peek()
      expect(stream.peek().type).toBe(type)
      types.push(type)
      if (type === 'stream-end') break
      stream.skip()
    }
    expect(types).toEqual([
      'stream-start',
      'block-mapping-start',
      'key',
      'plain',
      'value',
      'plain',
      'block-end',
      'stream-end',
    ])
  })

  it('meets comments with the token that they belong to', () => {
    const stream = createTokenStream('# h\na: b # l\n# f\n')
    const met: unknown[] = []
    while (stream.peek().type !== 'stream-end') {
      met.push([stream.peek().type, { ...stream.met }])
      Object.assign(stream.met, { head: '', line: '', foot: '' })
      stream.skip()
    }
    expect(met).toContainEqual(['stream-start', { head: '# h', line: '', foot: '' }])
    expect(met).toContainEqual(['plain', { head: '', line: '# l', foot: '# f' }])
  })

  it('fails where one asks beyond the end', () => {
    const stream = createTokenStream('')
    stream.peek()
    stream.skip()
    stream.skip()
    expect(() => stream.peek()).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })

  it('refuses what is nested deeper than the stack can bear', () => {
    const stream = createTokenStream('['.repeat(2000))
    const skipAll = () => {
      while (stream.peek().type !== 'stream-end') stream.skip()
    }
    expect(skipAll).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable', data: { line: 1 } }))
  })
})
