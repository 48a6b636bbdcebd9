import { describe, expect, it } from 'vitest'
import { iniFormat } from '../../../../../lib/core/sops/formats/ini.ts'

const parse = (text: string) => iniFormat.parse(Buffer.from(text))

describe('the INI format', () => {
  it('reads flat metadata, with line feeds spelled out or real', () => {
    const spelled = parse('[sops]\nage__list_0__map_enc = a\\nb\nmac = m\n[s]\nk = x\\ny\n')
    expect(spelled.metadata).toEqual(parse('[sops]\nage__list_0__map_enc = """a\nb"""\nmac = m\n').metadata)
    expect(spelled.branches).toMatchObject([
      { items: [{ key: 'DEFAULT' }, { key: 's', value: { items: [{ value: { text: 'x\\ny' } }] } }] },
    ])
  })

  it.each([
    ['k = v\n', 'SopsMetadataMissing'],
    ['[sops]\nmac = m\n[sops]\nmac = m\n', 'SopsMetadataInvalid'],
    ['[sops]\na = 1\na__map_b = 2\n', 'SopsMetadataInvalid'],
  ])('refuses %j', (text, code) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code }))
  })

  it('gives back Latin-1', () => {
    const text = Buffer.from('; Gr\xf6\xdfe\n[sec\xf6]\n; c\xf6\nk\xf6y   = v\xf6l\nplain = x\n', 'latin1')
    const { branches } = iniFormat.parse(Buffer.concat([text, Buffer.from('\n[sops]\nmac = m\n')]))
    expect(Buffer.from(iniFormat.emit(branches))).toEqual(text)
  })

  it('writes a single value as JSON', () => {
    expect(Buffer.from(iniFormat.emitValue({ type: 'int', value: 1n })).toString()).toBe('1')
    const list = { type: 'list', items: [{ type: 'comment', text: 'c' }] } as const
    expect(Buffer.from(iniFormat.emitValue(list)).toString()).toBe('[{"Value":"c","Inline":false}]')
  })
})
