import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMessage, formatPoke, type Poke, parsePoke, queueOf } from '../../../lib/core/poke.ts'

const poke: Poke = {
  v: 1,
  kind: 'config',
  id: 'cluster/apps/billing',
  trigger: 'webhook',
  requestId: 'q1',
  requestedAt: '2026-01-31T08:00:00.000Z',
}
const coded = (code: string) => expect.objectContaining({ code })

describe('parsePoke', () => {
  it('reads what formatPoke wrote', () => {
    const pokes = fc.record({
      v: fc.constant(1 as const),
      kind: fc.constantFrom('repository', 'sweep', 'config'),
      id: fc.string({ minLength: 1, maxLength: 1024 }),
      trigger: fc.constantFrom('webhook', 'schedule', 'manual', 'fan-out', 'continuation', 'drift'),
      requestId: fc.string({ minLength: 1, maxLength: 256 }),
      requestedAt: fc.constant(poke.requestedAt),
    }) satisfies fc.Arbitrary<Poke>
    fc.assert(
      fc.property(pokes, (any) => {
        expect(parsePoke(formatPoke(any))).toEqual(any)
      }),
    )
  })

  it('drops what a forged message carries besides', () => {
    const forged = { ...poke, pin: 'main@sha1:0', approve: true, spec: { suspend: false }, planOnly: true }
    expect(parsePoke(JSON.stringify(forged))).toEqual(poke)
  })

  it('takes planOnly from a manual poke only', () => {
    const manual = { ...poke, trigger: 'manual', planOnly: true } as const
    expect(parsePoke(formatPoke(manual))).toEqual(manual)
    expect(parsePoke(formatPoke({ ...manual, trigger: 'schedule' }))).not.toHaveProperty('planOnly')
  })

  it('tells a message of a newer release, whatever else it holds', () => {
    expect(() => parsePoke(JSON.stringify({ v: 2, other: 'fields' }))).toThrow(coded('StateTooNew'))
  })

  it.each([
    ['no JSON', 'poke'],
    ['no object', '1'],
    ['null', 'null'],
    ['no version', JSON.stringify({ ...poke, v: undefined })],
    ['version 0', JSON.stringify({ ...poke, v: 0 })],
    ['an unknown kind', JSON.stringify({ ...poke, kind: 'secret' })],
    ['an empty id', JSON.stringify({ ...poke, id: '' })],
    ['an id that is no text', JSON.stringify({ ...poke, id: ['a'] })],
    ['an unknown trigger', JSON.stringify({ ...poke, trigger: 'rollback' })],
    ['another form of time', JSON.stringify({ ...poke, requestedAt: '2026-01-31' })],
  ])('refuses %s', (_, body) => {
    expect(() => parsePoke(body)).toThrow(coded('RequestInvalid'))
  })
})

describe('queueOf', () => {
  it('syncs configs and watches the rest', () => {
    expect(queueOf({ kind: 'config' })).toBe('sync')
    expect([queueOf({ kind: 'repository' }), queueOf({ kind: 'sweep' })]).toEqual(['watch', 'watch'])
  })
})

describe('formatMessage', () => {
  it('stays within the 128 characters and the alphabet of SQS, however long the ids', () => {
    const { groupId, dedupId } = formatMessage({ ...poke, id: 'ä'.repeat(1024) }, 'ß'.repeat(1024))
    expect([groupId, dedupId]).toEqual([
      expect.stringMatching(/^[\w-]{43}$/),
      expect.stringMatching(/^[\w-]{43}$/),
    ])
  })

  it('gives pokes of one id one group, and others another', () => {
    const groups = ['a', 'a', 'b'].map((id, n) => formatMessage({ ...poke, id }, String(n)).groupId)
    expect(groups[0]).toBe(groups[1])
    expect(groups[0]).not.toBe(groups[2])
  })

  it('takes equal pokes with equal deduplication ids for one, and no others', () => {
    const dedupIdOf = (part: Partial<Poke>, dedupId: string) =>
      formatMessage({ ...poke, ...part }, dedupId).dedupId
    expect(dedupIdOf({ requestId: 'q1' }, 'd')).toBe(dedupIdOf({ requestId: 'q2' }, 'd'))
    const ids = [
      dedupIdOf({ id: 'a' }, 'bc'),
      dedupIdOf({ id: 'ab' }, 'c'),
      dedupIdOf({ id: 'a', kind: 'sweep' }, 'bc'),
    ]
    expect(new Set(ids).size).toBe(3)
  })

  it('carries the poke to its queue', () => {
    const message = formatMessage(poke, 'd')
    expect(message.queue).toBe('sync')
    expect(parsePoke(message.body)).toEqual(poke)
  })
})
