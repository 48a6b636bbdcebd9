import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPktLine, parsePktLines, readPktText } from '../../../../lib/core/git/pkt-line.ts'

const parse = (text: string) => [...parsePktLines(Buffer.from(text))]

describe('formatPktLine', () => {
  it('counts the length, itself and the line feed', () => {
    expect(formatPktLine('a')).toBe('0006a\n')
    expect(formatPktLine('x'.repeat(0x1000))).toMatch(/^1005x/)
  })
})

describe('parsePktLines', () => {
  it('reads the examples of the documentation', () => {
    expect(parse('0006a\n0005a000bfoobar\n00040000').map((line) => readPktText(line) ?? line)).toEqual([
      'a',
      'a',
      'foobar',
      '',
      'flush',
    ])
  })

  it('tells the special packets apart', () => {
    expect(parse('000000010002')).toEqual(['flush', 'delimiter', 'response-end'])
  })

  it.each(['0003', '00', 'zzzz', '0006a', '-001', 'PACK', '<!DO'])('refuses %s', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'GitDataInvalid' }))
  })

  it('reads what was written', () => {
    const line = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
    })
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(parse(lines.map(formatPktLine).join('')).map(readPktText)).toEqual(lines)
      }),
    )
  })
})

describe('readPktText', () => {
  it('takes off one line feed and knows no text of a special packet', () => {
    expect(readPktText(Buffer.from('a\n\n'))).toBe('a\n')
    expect(readPktText('flush')).toBeNull()
  })
})
