import { describe, expect, it } from 'vitest'
import { parseRefLines } from '../../../../lib/core/git/ref-lines.ts'

const one = '1'.repeat(40)
const two = '2'.repeat(40)

describe('parseRefLines', () => {
  it('reads symbolic and peeled refs of protocol 2', () => {
    const { refs, head } = parseRefLines([
      `${one} HEAD symref-target:refs/heads/main`,
      `${one} refs/heads/main`,
      `${two} refs/tags/v1 peeled:${one}`,
    ])
    expect([...refs]).toEqual([
      ['HEAD', one],
      ['refs/heads/main', one],
      ['refs/tags/v1', one],
    ])
    expect(head).toBe('refs/heads/main')
  })

  it('reads peeled refs of protocol 1', () => {
    const { refs, head } = parseRefLines([`${two} refs/tags/v1`, `${one} refs/tags/v1^{}`])
    expect([...refs]).toEqual([['refs/tags/v1', one]])
    expect(head).toBeNull()
  })

  it('leaves out refs that strangers write', () => {
    const names = ['refs/pull/1/head', 'refs/merge-requests/1/head', 'refs/notes/x', 'refs/headsx']
    expect(parseRefLines(names.map((name) => `${one} ${name}`)).refs.size).toBe(0)
  })

  it.each(['', 'refs/heads/main', `${one}`, `${'2'.repeat(64)} refs/heads/main`, `${one} `])(
    'refuses %j',
    (line) => {
      expect(() => parseRefLines([line])).toThrow(expect.objectContaining({ code: 'GitDataInvalid' }))
    },
  )
})
