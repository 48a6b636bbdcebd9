import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFetchResponse } from '../../../../lib/core/git/fetch-response.ts'
import { delimiterPkt, flushPkt, formatPktLine } from '../../../../lib/core/git/pkt-line.ts'

const oid = '1'.repeat(40)
const pack =
  formatPktLine('\u0001PACK') + formatPktLine('\u0002Counting objects') + formatPktLine('\u0001...')
const shallow = formatPktLine(`shallow ${oid}`)
const packed = 'PACK\n...\n'

const parse = (text: string, version: 1 | 2) => {
  const found = parseFetchResponse(Buffer.from(text), version)
  return found && Buffer.from(found).toString()
}

describe('parseFetchResponse', () => {
  it.each([
    ['protocol 2', 2, formatPktLine('packfile') + pack + flushPkt],
    [
      'protocol 2, shallow',
      2,
      formatPktLine('shallow-info') + shallow + delimiterPkt + formatPktLine('packfile') + pack + flushPkt,
    ],
    ['protocol 1', 1, formatPktLine('NAK') + pack + flushPkt],
    ['protocol 1, shallow', 1, shallow + flushPkt + formatPktLine('NAK') + pack + flushPkt],
    ['protocol 1 with a common commit', 1, formatPktLine(`ACK ${oid}`) + pack + flushPkt],
  ] as const)('takes the pack out of %s', (_, version, text) => {
    expect(parse(text, version)).toBe(packed)
  })

  it.each([1, 2] as const)('is null where a server of protocol %i refuses', (version) => {
    expect(parse(formatPktLine(`ERR upload-pack: not our ref ${oid}`), version)).toBeNull()
  })

  it('ends in a pack, a refusal or an error of ours, whatever the bytes', () => {
    const start = fc.constantFrom('', formatPktLine('packfile'), formatPktLine('NAK'))
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.constantFrom(1, 2), (text, bytes, version) => {
        const body = Buffer.concat([Buffer.from(text), bytes])
        try {
          parseFetchResponse(body, version)
        } catch (error) {
          expect(error).toMatchObject({ code: 'GitDataInvalid' })
        }
      }),
    )
  })

  it.each([
    ['ends before the pack', formatPktLine('packfile')],
    ['ends within the pack', formatPktLine('packfile') + pack],
    ['has no pack', flushPkt],
    ['is empty', ''],
    ['ends in an error', formatPktLine('packfile') + pack + formatPktLine('\u0003out of memory') + flushPkt],
    ['has a delimiter in the pack', formatPktLine('packfile') + delimiterPkt + flushPkt],
  ])('refuses an answer that %s', (_, text) => {
    expect(() => parse(text, 2)).toThrow(expect.objectContaining({ code: 'GitDataInvalid' }))
  })
})
