import { describe, expect, it } from 'vitest'
import type { RawDelivery } from '../../lib/core/source/host-event.ts'
import type { GitHost } from '../../lib/ports.ts'

/** What the contract needs to know about one kind of host. */
export interface GitHostSample {
  readonly host: GitHost
  /** The header, in lower case, that carries the signature. */
  readonly signatureHeader: string
  /** Signatures that are none, whatever the body. */
  readonly malformedSignatures: readonly string[]
  /** The header that names the event. */
  readonly eventHeader: string
  readonly pushEvent: string
  readonly otherEvent: string
  /** A payload of a push to one repository. */
  readonly push: Readonly<Record<string, unknown>>
  /** The same push, as the deletion of its ref. */
  readonly deletion: Readonly<Record<string, unknown>>
  readonly repositoryUrls: readonly string[]
  /** What the push says of who pushed, and of where its ref is now. */
  readonly pusher: string
  readonly commit: string
  /** Signs `body` as the host does. */
  sign(body: Uint8Array, secret: string): string
}

const secret = 'contract-secret'

/** Signs and addresses a payload as the host would send it. */
export function createDelivery(
  sample: GitHostSample,
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
): RawDelivery {
  const body = payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload))
  return {
    body,
    headers: {
      'content-type': 'application/json',
      [sample.eventHeader]: sample.pushEvent,
      [sample.signatureHeader]: sample.sign(body, secret),
      ...headers,
    },
  }
}

/** What every adapter in lib/adapters/hosts keeps to. */
export function describeGitHost(sample: GitHostSample): void {
  const { host } = sample
  const deliver = createDelivery.bind(null, sample)
  const signed = deliver(sample.push)
  const unaskable = async () => expect.unreachable('a secret was asked for')

  describe('verify', () => {
    it.each([
      ['the only secret', [secret]],
      ['the new secret of two', [secret, 'older']],
      ['the older secret of two', ['newer', secret]],
    ])('accepts a body signed with %s', async (_, secrets) => {
      await expect(host.verify(signed, async () => secrets)).resolves.toBeUndefined()
    })

    it('refuses a body signed with another secret', async () => {
      await expect(host.verify(signed, async () => ['other'])).rejects.toMatchObject({
        code: 'SignatureInvalid',
      })
    })

    it('refuses a body of which one bit changed', async () => {
      const body = Uint8Array.from(signed.body, (byte, index) => (index === 9 ? byte ^ 1 : byte))
      await expect(host.verify({ ...signed, body }, async () => [secret])).rejects.toMatchObject({
        code: 'SignatureInvalid',
      })
    })

    it('refuses a body that decodes to the same text as the signed one', async () => {
      const body = Buffer.from('"\ufffd"')
      const forged = { headers: deliver(body).headers, body: Buffer.from([0x22, 0xff, 0x22]) }
      await expect(host.verify(forged, async () => [secret])).rejects.toMatchObject({
        code: 'SignatureInvalid',
      })
    })

    it.each([undefined, '', ...sample.malformedSignatures])(
      'refuses the signature %j without asking for a secret',
      async (signature) => {
        const delivery = { ...signed, headers: { ...signed.headers, [sample.signatureHeader]: signature } }
        await expect(host.verify(delivery, unaskable)).rejects.toMatchObject({ code: 'SignatureInvalid' })
      },
    )
  })

  describe('readEvent', () => {
    it('names every URL of the repository of a push', () => {
      expect(host.readEvent(signed)).toMatchObject({
        kind: 'push',
        repositoryUrls: sample.repositoryUrls,
        refs: [{ deleted: false, commit: sample.commit }],
        pusher: sample.pusher,
      })
    })

    it('tells that a ref was deleted', () => {
      expect(host.readEvent(deliver(sample.deletion))).toMatchObject({
        kind: 'push',
        refs: [expect.not.objectContaining({ commit: expect.anything() })],
      })
      expect(host.readEvent(deliver(sample.deletion))).toMatchObject({ refs: [{ deleted: true }] })
    })

    it('passes over events that are no push', () => {
      expect(host.readEvent(deliver({}, { [sample.eventHeader]: sample.otherEvent }))).toEqual({
        kind: 'other',
      })
    })

    it('reads a push whose fields are all null or absent', () => {
      const nulls = Object.fromEntries(Object.keys(sample.push).map((key) => [key, null]))
      for (const payload of [nulls, {}]) {
        expect(host.readEvent(deliver(payload))).toMatchObject({ kind: 'push', repositoryUrls: [] })
      }
    })

    it.each([
      ['text that is no JSON', Buffer.from('{"ref":')],
      ['an array', []],
      ['null', null],
      ['a string', 'push'],
      ['arrays for objects', Object.fromEntries(Object.keys(sample.push).map((key) => [key, []]))],
      ['a million open brackets', Buffer.from('['.repeat(1_000_000))],
    ])('refuses %s', (_, payload) => {
      expect(() => host.readEvent(deliver(payload))).toThrow(
        expect.objectContaining({ code: 'PayloadInvalid' }),
      )
    })

    it.each([{ 'content-type': 'text/plain' }, { 'content-type': '' }, { 'content-encoding': 'gzip' }])(
      'refuses a delivery with %j',
      (headers) => {
        expect(() => host.readEvent(deliver(sample.push, headers))).toThrow(
          expect.objectContaining({ code: 'PayloadInvalid' }),
        )
      },
    )
  })
}
