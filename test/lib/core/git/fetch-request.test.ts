import { describe, expect, it } from 'vitest'
import { type FetchRequest, formatFetchRequest } from '../../../../lib/core/git/fetch-request.ts'
import { parsePktLines, readPktText } from '../../../../lib/core/git/pkt-line.ts'

const one = '1'.repeat(40)
const two = '2'.repeat(40)
const three = '3'.repeat(40)

function format(request: FetchRequest, version: 1 | 2): string[] {
  const body = Buffer.from(formatFetchRequest(request, { version, filter: true, anyObject: true }))
  return [...parsePktLines(body)].map((line) => readPktText(line) ?? `<${String(line)}>`)
}

const commit = { wants: [one], haves: [two, three], shallow: true, withoutBlobs: true }
const blobs = { wants: [one, two] }

describe('formatFetchRequest', () => {
  it('asks for a commit without blobs in protocol 2', () => {
    expect(format(commit, 2)).toEqual([
      'command=fetch',
      '<delimiter>',
      'ofs-delta',
      'no-progress',
      'thin-pack',
      `want ${one}`,
      `shallow ${two}`,
      `shallow ${three}`,
      'deepen 1',
      'filter blob:none',
      `have ${two}`,
      `have ${three}`,
      'done',
      '<flush>',
    ])
  })

  it('asks for a commit without blobs in protocol 1', () => {
    expect(format(commit, 1)).toEqual([
      `want ${one} ofs-delta side-band-64k no-progress thin-pack filter`,
      `shallow ${two}`,
      `shallow ${three}`,
      'deepen 1',
      'filter blob:none',
      '<flush>',
      `have ${two}`,
      `have ${three}`,
      'done',
    ])
  })

  it('asks for blobs by their ids', () => {
    expect(format(blobs, 2).slice(4)).toEqual([`want ${one}`, `want ${two}`, 'done', '<flush>'])
    expect(format(blobs, 1)).toEqual([
      `want ${one} ofs-delta side-band-64k no-progress`,
      `want ${two}`,
      '<flush>',
      'done',
    ])
  })

  it('asks for the commits since one that is here with its history', () => {
    const since = { wants: [one], haves: [two], commitsOnly: true }
    const lines = [`want ${one}`, 'filter tree:0', `have ${two}`, 'done', '<flush>']
    expect(format(since, 2).slice(4)).toEqual(lines)
    expect(format(since, 1)[0]).toBe(`want ${one} ofs-delta side-band-64k no-progress filter`)
    const features = { version: 2, filter: false, anyObject: true } as const
    expect(formatFetchRequest(since, features)).not.toMatch(/filter|shallow|thin-pack/)
  })
})
