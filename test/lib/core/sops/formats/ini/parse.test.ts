import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { formats } from '../../../../../../lib/core/sops/formats/index.ts'
import { parseIni } from '../../../../../../lib/core/sops/formats/ini/parse.ts'

interface PrintedIni {
  readonly ini: string
  readonly printed?: string
  readonly asYaml?: string
  readonly refused?: true
}

const fixtures = join(import.meta.dirname, '../../../../../fixtures/sops')
const documents: PrintedIni[] = JSON.parse(readFileSync(join(fixtures, 'ini-printed.json'), 'utf8'))
const unreadable = expect.objectContaining({ code: 'SopsFileUnreadable' })

describe('parseIni', () => {
  it.each(documents.filter(({ refused }) => !refused))(
    'reads $ini as sops does',
    ({ ini, printed, asYaml }) => {
      const branches = [parseIni(ini)]
      expect(Buffer.from(formats.ini.emit(branches)).toString()).toBe(printed)
      expect(Buffer.from(formats.yaml.emit(branches)).toString()).toBe(asYaml)
    },
  )

  it.each(documents.filter(({ refused }) => refused))('refuses $ini as sops does', ({ ini }) => {
    expect(() => parseIni(ini)).toThrow(unreadable)
  })

  it('names the line, and quotes nothing of it', () => {
    expect(() => parseIni('a = 1\nsecret\nb = 2\n')).toThrow(
      expect.objectContaining({ code: 'SopsFileUnreadable', data: { line: 2 } }),
    )
  })

  it('takes keys of JavaScript objects for plain data', () => {
    expect(parseIni('[__proto__]\nconstructor = 1\n').items).toMatchObject([
      { key: 'DEFAULT' },
      { key: '__proto__', value: { items: [{ key: 'constructor' }] } },
    ])
  })

  it.each(['[', '=', 'a = """\n', 'a = \\\n', '# a\n', '\n', ' ', 'a = `'])(
    'takes linear time for many of %j',
    (piece) => {
      try {
        parseIni(piece.repeat(50_000))
      } catch (error) {
        expect(error).toMatchObject({ code: 'SopsFileUnreadable' })
      }
    },
  )
})
