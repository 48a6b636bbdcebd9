import { describe, expect, it } from 'vitest'
import { dotenvFormat } from '../../../../../lib/core/sops/formats/dotenv.ts'

const metadata = 'sops_mac=m\n'
const itemsOf = (text: string | Uint8Array) =>
  dotenvFormat.parse(Buffer.concat([Buffer.from(text), Buffer.from(metadata)])).branches[0]?.items
const str = (text: string) => ({ type: 'str', text })

describe('the dotenv format', () => {
  it('keeps keys and values as they are, spaces and quotes included', () => {
    expect(itemsOf('a = "b" # c \nexport X=$Y\n=\n')).toEqual([
      { type: 'pair', key: 'a ', value: str(' "b" # c ') },
      { type: 'pair', key: 'export X', value: str('$Y') },
      { type: 'pair', key: '', value: str('') },
    ])
  })

  it('takes a line for a comment only where it starts with the mark', () => {
    expect(itemsOf('# a=b\n\n#\n')).toEqual([
      { type: 'comment', text: ' a=b' },
      { type: 'comment', text: '' },
    ])
  })

  it('reads the two characters for a line feed, and drops one CR at the end of a line', () => {
    expect(itemsOf('a=1\\n2\\\\n\r\n\r\nb=\r\r\n')).toEqual([
      { type: 'pair', key: 'a', value: str('1\n2\\\n') },
      { type: 'pair', key: 'b', value: str('\r') },
    ])
  })

  it('keeps values that are no UTF-8', () => {
    expect(itemsOf(Uint8Array.of(0x61, 0x3d, 0xff, 0x0a))).toEqual([
      { type: 'pair', key: 'a', value: { type: 'bytes', bytes: Buffer.from([0xff]) } },
    ])
  })

  it('gives back keys that are no UTF-8', () => {
    const text = Buffer.from('K\xd6=x\n', 'latin1')
    const branches = [{ type: 'map', items: itemsOf(text) ?? [] }] as const
    expect(itemsOf(text)).toMatchObject([{ key: 'K\udcd6' }])
    expect(Buffer.from(dotenvFormat.emit(branches))).toEqual(text)
  })

  it.each([' \n', 'a\n', ' # a\n'])('refuses the line %j without quoting it', (text) => {
    expect(() => itemsOf(`x=1\n${text}`)).toThrow(
      expect.objectContaining({ code: 'SopsFileUnreadable', data: { line: 2 } }),
    )
  })

  it('takes every key that starts with the prefix for metadata', () => {
    const parsed = dotenvFormat.parse(Buffer.from('sops_x__map_y=1\na=b\nsops_mac=m\n'))
    expect(parsed.metadata.items).toMatchObject([{ key: 'x' }, { key: 'mac' }])
    expect(parsed.branches[0]?.items).toHaveLength(1)
    expect(() => dotenvFormat.parse(Buffer.from('a=b'))).toThrow(
      expect.objectContaining({ code: 'SopsMetadataMissing' }),
    )
  })

  it('writes values, comments and line feeds as sops does, and refuses what is nested', () => {
    const pair = (value: unknown) => ({ type: 'pair', key: 'k', value }) as never
    const emit = (...items: never[]) =>
      Buffer.from(dotenvFormat.emit([{ type: 'map', items }])).toString('latin1')
    expect(emit(pair(str('a\nb')), { type: 'comment', text: ' c' } as never, pair({ type: 'null' }))).toBe(
      'k=a\\nb\n# c\nk=<nil>\n',
    )
    expect(emit(pair({ type: 'bytes', bytes: Uint8Array.of(0xff, 0x0a) }))).toBe('k=\xff\\n\n')
    expect(() => emit(pair({ type: 'list', items: [] }))).toThrow(
      expect.objectContaining({ code: 'SopsOutputUnsupported', data: { format: 'dotenv', keyPath: 'k' } }),
    )
  })
})
