import { describe, expect, it } from 'vitest'
import { pickFields } from '../../../../lib/adapters/telemetry/pick-fields.ts'
import type { LogFields } from '../../../../lib/ports.ts'

describe('pickFields', () => {
  it('passes every field of a line on', () => {
    const fields: Required<LogFields> = {
      configId: 'demo/shop/app',
      repository: 'github.com/acme/platform',
      revision: 'main@sha1:ec26c3e57ca3a959ca5aad62de7213c562f8c821',
      requestId: 'r1',
      step: 'plan',
      code: 'LeaseHeld',
      durationMs: 12,
      counts: { created: 1 },
    }
    expect(pickFields(fields)).toEqual(fields)
  })

  it('keeps out what is no field or has another type', () => {
    const smuggled = {
      error: new Error('canary'),
      event: { body: 'canary' },
      step: new Error('canary'),
      durationMs: 'canary',
      counts: { created: 1, note: 'canary' },
    }
    expect(pickFields(smuggled as unknown as LogFields)).toEqual({ counts: { created: 1 } })
  })

  it('takes credentials out of URLs and spells escape sequences out', () => {
    expect(
      pickFields({ repository: 'https://u:token@host/r?key=k', revision: '\u001b[31mmain\u202e' }),
    ).toEqual({ repository: 'https://host/r', revision: '\\u001b[31mmain\\u202e' })
  })
})
