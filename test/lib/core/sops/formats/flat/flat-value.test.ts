import { describe, expect, it } from 'vitest'
import { formatFlatBytes } from '../../../../../../lib/core/sops/formats/flat/flat-value.ts'

describe('formatFlatBytes', () => {
  it.each([
    [{ type: 'str', text: ' a\n' }, ' a\n'],
    [{ type: 'int', value: 2n ** 62n }, '4611686018427387904'],
    [{ type: 'bool', value: true }, 'true'],
    [{ type: 'time', text: '2026-01-02T03:04:05.5+01:00' }, '2026-01-02T03:04:05+01:00'],
    [{ type: 'null' }, '<nil>'],
    [{ type: 'float', value: 1 }, '1.0'],
    [{ type: 'float', value: 100000 }, '100000.0'],
    [{ type: 'float', value: 1e6 }, '1E+06'],
    [{ type: 'float', value: -0 }, '-0.0'],
    [{ type: 'float', value: 1.5 }, '1.5'],
    [{ type: 'float', value: Number.POSITIVE_INFINITY }, '+Inf'],
    [{ type: 'float', value: Number.NaN }, 'NaN'],
  ] as const)('writes %o as sops does', (value, text) => {
    expect(Buffer.from(formatFlatBytes(value) ?? []).toString()).toBe(text)
  })

  it('keeps bytes and refuses what has children', () => {
    expect(formatFlatBytes({ type: 'bytes', bytes: Uint8Array.of(255) })).toEqual(Uint8Array.of(255))
    expect(formatFlatBytes({ type: 'map', items: [] })).toBeNull()
    expect(formatFlatBytes({ type: 'list', items: [] })).toBeNull()
  })
})
