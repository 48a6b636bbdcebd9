import { describe, expect, it } from 'vitest'
import { formatExtracted, parseExtractPath } from '../../../../lib/core/sops/extract.ts'
import { parseYaml } from '../../../../lib/core/sops/formats/yaml/parse/parse-yaml.ts'

describe('parseExtractPath', () => {
  it.each([
    ['["a"]', ['a']],
    [`["a b"]['c'][0][+1]`, ['a b', 'c', 0, 1]],
    ['["a\\"b"]', ['a\\"b']],
    ['[""]', ['']],
  ])('reads %s', (text, path) => {
    expect(parseExtractPath(text)).toEqual(path)
  })

  it.each(['', 'a', '[a]', '["a"', '[]', '[1.5]', 'x["a"]', '["a"]b', '["a\']', '["a[0]"]'])(
    'refuses %s',
    (text) => {
      expect(() => parseExtractPath(text)).toThrow(expect.objectContaining({ code: 'SopsPathInvalid' }))
    },
  )
})

describe('formatExtracted', () => {
  const branches = parseYaml(Buffer.from('s: "a\\n"\nn: 1\nl: [x, {y: z}]\nm: {k: [1]}\n---\no: 2\n'))
  const extract = (path: string, format: 'yaml' | 'json' | 'dotenv' = 'yaml') =>
    Buffer.from(formatExtracted(branches, parseExtractPath(path), format)).toString()

  it.each([
    ['["s"]', 'yaml', 'a\n'],
    ['["s"]', 'dotenv', 'a\n'],
    ['["n"]', 'yaml', '1\n'],
    ['["n"]', 'json', '1'],
    ['["l"]', 'yaml', '- x\n- "y": z\n'],
    ['["l"]', 'json', '[\n\t"x",\n\t{\n\t\t"y": "z"\n\t}\n]'],
    ['["l"][1]', 'json', '{\n\t"y": "z"\n}\n'],
    ['["m"]', 'yaml', 'k:\n    - 1\n---\no: 2\n'],
    ['["m"]["k"][0]', 'yaml', '1\n'],
  ] as const)('prints %s as %s', (...[path, format, text]) => {
    expect(extract(path, format)).toBe(text)
  })

  it.each(['["x"]', '["l"][2]', '["l"][-1]', '["l"]["x"]', '["s"][0]', '["m"][0]', '["__proto__"]'])(
    'finds nothing at %s',
    (path) => {
      expect(() => extract(path)).toThrow(expect.objectContaining({ code: 'SopsPathMissing' }))
    },
  )

  it('refuses what the format cannot hold', () => {
    expect(() => extract('["n"]', 'dotenv')).toThrow(
      expect.objectContaining({ code: 'SopsOutputUnsupported' }),
    )
  })
})
