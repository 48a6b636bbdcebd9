import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { SecretValue } from '../../../lib/core/secret-value.ts'

describe('SecretValue', () => {
  const canary = 'canary-2b7e'
  const secret = SecretValue.fromText(canary)

  it('does not print', () => {
    const printed = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { depth: 9, showHidden: true }),
      Object.entries(secret).join(),
    ].join('\n')
    expect(printed).not.toContain(canary)
    expect(printed).not.toContain(Buffer.from(canary).toString('base64'))
  })

  it('gives out copies, so that nobody changes the value', () => {
    secret.reveal().fill(0)
    expect(new TextDecoder().decode(secret.reveal())).toBe(canary)
    expect(secret.sizeBytes).toBe(canary.length)
  })

  it('macs equal values equally and other values otherwise', () => {
    const key = new Uint8Array(32)
    const mac = (text: string, prefix = '') =>
      Buffer.from(SecretValue.fromText(text).mac(key, Buffer.from(prefix))).toString('hex')
    expect(mac('a')).toBe(mac('a'))
    expect(mac('a')).not.toBe(mac('b'))
    expect(mac('a', 'x')).not.toBe(mac('a', 'y'))
  })
})
