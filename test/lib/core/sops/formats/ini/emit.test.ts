import { describe, expect, it } from 'vitest'
import { formatIni } from '../../../../../../lib/core/sops/formats/ini/emit.ts'
import { parseYaml } from '../../../../../../lib/core/sops/formats/yaml/parse/parse-yaml.ts'

const fromYaml = (yaml: string) => Buffer.from(formatIni(parseYaml(Buffer.from(yaml)))).toString()

/** Each as sops 3.13.3 prints it. */
describe('formatIni', () => {
  it.each([
    ['a: {b: 1, longer: x}\nc: {d: ~}\n', '[a]\nb      = 1\nlonger = x\n\n[c]\nd = <nil>\n'],
    ['DEFAULT: {b: 1}\nc: {}\n', 'b = 1\n\n[c]\n'],
    ['DEFAULT: {}\nc: {d: 1}\n', '[c]\nd = 1\n'],
    ['c: {d: 1}\nDEFAULT: {b: 1}\n', '[c]\nd = 1\n\n[DEFAULT]\nb = 1\n'],
    ['a: {b: "x\\ny`z", c: " ", d: "e;f", g: ""}\n', '[a]\nb = """x\ny`z"""\nc = " "\nd = `e;f`\ng = \n'],
    [`a: {'k"': 1, 'k\`': 2, k=: 3, é: 4}\n`, '[a]\n`k"`     = 1\n"""k`""" = 2\n`k=`     = 3\né       = 4\n'],
    ['a: {b: [x, y], c: {d: e}}\n', '[a]\nb = [x y]\nc = [{d e}]\n'],
    ['a: {b: 1}\n---\nc: {d: 1000000.5}\n', '[a]\nb = 1\n\n[c]\nd = 1.0000005E+06\n'],
    ['# top\na:\n  # s\n  # lost\n  b: 1\n  # k\n', ';  s\n[a]\n; k\nb = 1\n'],
  ])('writes %j', (yaml, ini) => {
    expect(fromYaml(yaml)).toBe(ini)
  })

  it.each(['a: 1\n', 'a: [1]\n', '"": {a: 1}\n', 'a: {"": 1}\n'])('refuses %j', (yaml) => {
    expect(() => fromYaml(yaml)).toThrow(expect.objectContaining({ code: 'SopsOutputUnsupported' }))
  })

  it('refuses a comment with an empty line, which go-ini cannot write', () => {
    const section = { type: 'map', items: [{ type: 'comment', text: 'a\n\nb' }] } as const
    const branch = { type: 'map', items: [{ type: 'pair', key: 's', value: section }] } as const
    expect(() => formatIni([branch])).toThrow(expect.objectContaining({ code: 'SopsOutputUnsupported' }))
  })

  it('keeps values that are no UTF-8', () => {
    const pair = {
      type: 'pair',
      key: 'k',
      value: { type: 'bytes', bytes: Uint8Array.of(0xff, 0x3b) },
    } as const
    const section = { type: 'pair', key: 's', value: { type: 'map', items: [pair] } } as const
    expect(Buffer.from(formatIni([{ type: 'map', items: [section] }])).toString('latin1')).toBe(
      '[s]\nk = `\xff;`\n',
    )
  })
})
