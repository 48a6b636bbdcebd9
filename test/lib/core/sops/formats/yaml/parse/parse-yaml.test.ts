import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatYaml } from '../../../../../../../lib/core/sops/formats/yaml/emit/format-yaml.ts'
import { parseYaml } from '../../../../../../../lib/core/sops/formats/yaml/parse/parse-yaml.ts'

interface PrintedYaml {
  readonly yaml: string
  readonly printed?: string
  readonly refused?: true
}

const fixtures = join(import.meta.dirname, '../../../../../../fixtures/sops')
const documents: PrintedYaml[] = JSON.parse(readFileSync(join(fixtures, 'yaml-printed.json'), 'utf8'))
const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('parseYaml', () => {
  it.each(documents.filter(({ refused }) => !refused))('reads $yaml as sops does', ({ yaml, printed }) => {
    expect(formatYaml(parseYaml(Buffer.from(yaml)))).toBe(printed)
  })

  it.each(documents.filter(({ refused }) => refused))('refuses $yaml as sops does', ({ yaml }) => {
    expect(() => parseYaml(Buffer.from(yaml))).toThrow(unreadable)
  })

  it('reads UTF-16 with a byte order mark', () => {
    const branch = parseYaml(Buffer.from('a: é\n'))
    expect(parseYaml(Buffer.from('\ufeffa: é\n', 'utf16le'))).toEqual(branch)
    expect(parseYaml(Buffer.from('\ufeffa: é\n', 'utf16le').swap16())).toEqual(branch)
  })

  it.each([
    ['no UTF-8', Uint8Array.of(0x61, 0x3a, 0x20, 0xff)],
    ['a control character', Buffer.from('a: \u0007')],
    ['only comments', Buffer.from('# a\n')],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseYaml(bytes)).toThrow(unreadable)
  })

  it('keeps keys that are no strings apart, for the walk to refuse', () => {
    expect(parseYaml(Buffer.from('1: a\n"2": b\n'))).toMatchObject([
      {
        items: [
          { key: '1', value: { type: 'unsupported', found: 'key' } },
          { key: '2', value: { type: 'str' } },
        ],
      },
    ])
  })

  it('refuses a key twice in later documents, too, which sops does not', () => {
    expect(() => parseYaml(Buffer.from('a: 1\n---\nb: 1\nb: 2\n'))).toThrow(unreadable)
  })

  it('takes keys of JavaScript objects for plain data', () => {
    const [branch] = parseYaml(Buffer.from('__proto__: {polluted: 1}\nconstructor: 2\n'))
    expect(branch?.items).toMatchObject([{ key: '__proto__' }, { key: 'constructor' }])
    expect({}).not.toHaveProperty('polluted')
  })

  it.each([
    ['flow lists', `a: ${'['.repeat(100_000)}`],
    ['flow maps', `a: ${'{a: '.repeat(100_000)}`],
    ['dashes', '- '.repeat(100_000)],
    ['maps', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    [
      'flow within blocks',
      `${Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}${' '.repeat(900)}${'['.repeat(900)}`,
    ],
  ])('refuses %s nested too deep', (_, yaml) => {
    expect(() => parseYaml(Buffer.from(yaml))).toThrow(unreadable)
  })

  it('reads what is nested as deep as it may be', () => {
    const depth = 990
    const yaml = `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`
    expect(formatYaml(parseYaml(Buffer.from(yaml)))).toHaveLength('a:\n    '.length + 2 * depth + 1)
  })

  it('refuses an alias bomb before it goes off', () => {
    const names = [...'abcdefghij']
    const lines = names.map((name, index) => {
      const items = index === 0 ? 'x' : `*${names[index - 1]}`
      return `${name}: &${name} [${Array(10).fill(items).join(', ')}]\n`
    })
    const startedAt = performance.now()
    expect(() => parseYaml(Buffer.from(lines.join('')))).toThrow(unreadable)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it.each(['#', '# a\n', '\n', ' ', 'a: &b\n', '? ', '"', "'", '[', '!', 'a: |\n\n'])(
    'takes linear time for many of %j',
    (piece) => {
      const startedAt = performance.now()
      try {
        parseYaml(Buffer.from(piece.repeat(50_000)))
      } catch (error) {
        expect(error).toMatchObject({ code: 'SopsFileUnreadable' })
      }
      expect(performance.now() - startedAt).toBeLessThan(10_000)
    },
  )
})
