import { describe, expect, it } from 'vitest'
import { parseAdvertisement } from '../../../../lib/core/git/advertisement.ts'
import { flushPkt, formatPktLine } from '../../../../lib/core/git/pkt-line.ts'

const oid = '1'.repeat(40)
const service = formatPktLine('# service=git-upload-pack') + flushPkt
const basic = 'multi_ack side-band-64k shallow ofs-delta'

const parse = (...lines: string[]) =>
  parseAdvertisement(Buffer.from(service + lines.map(formatPktLine).join('') + flushPkt))

describe('parseAdvertisement', () => {
  it.each([
    ['fetch=shallow wait-for-done filter', true],
    ['fetch=shallow', false],
  ])('reads protocol 2 with %s', (fetch, filter) => {
    expect(parse('version 2', 'agent=git/2.39.5', 'ls-refs=unborn', fetch, 'object-format=sha1')).toEqual({
      features: { version: 2, filter, anyObject: true },
      listing: null,
    })
  })

  it('reads features, refs and the target of HEAD of protocol 1', () => {
    const { features, listing } = parse(
      `${oid} HEAD\0${basic} filter allow-tip-sha1-in-want allow-reachable-sha1-in-want symref=HEAD:refs/heads/main`,
      `${oid} refs/heads/main`,
    )
    expect(features).toEqual({ version: 1, filter: true, anyObject: true })
    expect(listing).toEqual({
      refs: new Map([
        ['HEAD', oid],
        ['refs/heads/main', oid],
      ]),
      head: 'refs/heads/main',
    })
  })

  it('takes the tips for all that may be wanted where a server says no more', () => {
    const { features } = parse('version 1', `${oid} refs/heads/main\0${basic} allow-tip-sha1-in-want`)
    expect(features).toEqual({ version: 1, filter: false, anyObject: false })
  })

  it.each([
    ['a line for capabilities', [`${'0'.repeat(40)} capabilities^{}\0${basic}`]],
    ['no line', []],
  ])('finds no refs in an empty repository that sends %s', (_, lines) => {
    expect(parse(...lines).listing).toEqual({ refs: new Map(), head: null })
  })

  it.each([
    [['version 2', 'fetch=shallow', 'object-format=sha256']],
    [['version 2', 'fetch=filter']],
    [['version 2']],
    [[`${oid} HEAD\0${basic} object-format=sha256`]],
    [[`${oid} HEAD\0shallow`]],
    [[`${oid} HEAD`]],
  ])('refuses a server that sends %j', (lines) => {
    expect(() => parse(...lines)).toThrow(expect.objectContaining({ code: 'GitProtocolUnsupported' }))
  })

  it('refuses a page for people', () => {
    const page = Buffer.from('<!DOCTYPE html><title>Sign in</title>')
    expect(() => parseAdvertisement(page)).toThrow(expect.objectContaining({ code: 'GitDataInvalid' }))
  })
})
