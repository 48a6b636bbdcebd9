import { describe, expect, it } from 'vitest'
import { createPayload } from '../../../../lib/core/secrets/payload.ts'

const origin = { kind: 'Secret', name: 'db', key: 'password' } as const
const canary = 'canary-55e'

describe('createPayload', () => {
  it.each([
    ['text', Buffer.from('grüße\n'), 'string'],
    ['a NUL', Uint8Array.of(0), 'string'],
    ['the largest value', Buffer.alloc(65_536, 'a'), 'string'],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe), 'binary'],
  ])('lets %s pass as it is', (_, bytes, kind) => {
    const payload = createPayload(bytes, origin)
    expect(payload.kind).toBe(kind)
    expect(Buffer.from(payload.value.reveal()).equals(bytes)).toBe(true)
  })

  it.each([
    ['SecretEmpty', ''],
    ['SecretTooLarge', canary.padEnd(65_537, 'a')],
    ['CiphertextLeftOver', `${canary} ENC[AES256_GCM,data:x]`],
  ])('refuses with %s and shows the place, not the value', (code, text) => {
    expect(() => createPayload(Buffer.from(text), origin)).toThrow(
      expect.objectContaining({
        code,
        data: expect.objectContaining({ from: 'Secret db: password' }),
        message: expect.not.stringContaining(canary),
      }),
    )
  })
})
