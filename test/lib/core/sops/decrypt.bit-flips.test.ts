import { describe, expect, it } from 'vitest'
import { isSyncError } from '../../../../lib/core/errors.ts'
import { decryptSopsFile } from '../../../../lib/core/sops/decrypt.ts'
import { formats } from '../../../../lib/core/sops/formats/index.ts'
import { parseSopsFile } from '../../../../lib/core/sops/sops-file.ts'
import { openSealed, type Sealing, seal, sealFile } from '../../../fakes/seal-file.ts'
import { readSopsVectors, type SopsVector } from '../../../fixtures/sops/vectors.ts'

/** Flips in a file, fewer in the long one; `SMC_BIT_FLIPS=all` makes every one that there is, some 80,000. */
const flipsOf = ({ encrypted: { length } }: SopsVector) =>
  process.env['SMC_BIT_FLIPS'] === 'all' ? Number.POSITIVE_INFINITY : length > 5_000 ? 1_000 : 2_000

type Part = 'data' | 'iv' | 'tag' | 'type' | 'plain'

/** One bit of a file, and what it is part of. */
interface Bit {
  readonly part: Part
  readonly offset: number
  readonly mask: number
}

const encrypted =
  /ENC\[AES256_GCM,data:(?<data>[^,]+),iv:(?<iv>[^,]+),tag:(?<tag>[^,]+),type:(?<type>[a-z]+)\]/dg
/** Values that the vectors keep in plain text; their files authenticate them. */
const plain = {
  yaml: /(?<=^plain_unencrypted:\n(?: {4}.*\n)*) {4}(?!nul)\S+: (?<plain>.+)$/dgm,
  json: /(?<=^\t"keep_unencrypted": \{\n(?:\t\t".*\n)*)\t\t"[a-z]": (?<plain>\d[^,\n]*|(?<="s": )"[^"]*")/dgm,
  dotenv: /^plain_unencrypted=(?<plain>.*)$/dgm,
  ini: /^plain_unencrypted = (?<plain>.*)$/dgm,
  binary: /(?!)/dg,
} as const

/** Every bit of the parts that authentication covers. */
function listBits({ format, encrypted: bytes }: SopsVector): Bit[] {
  const text = Buffer.from(bytes).toString('latin1')
  const matches = [...text.matchAll(encrypted), ...text.matchAll(plain[format])]
  const spans = matches.flatMap(({ indices }) => Object.entries(indices?.groups ?? {}))
  return spans.flatMap(([part, [start, end]]) =>
    Array.from({ length: (end - start) * 8 }, (_, bit) => ({
      part: part as Part,
      offset: start + (bit >> 3),
      mask: 1 << (bit & 7),
    })),
  )
}

/** About `count` of the bits, evenly spread. */
function sample(bits: readonly Bit[], count: number): Bit[] {
  const step = Math.max(1, bits.length / count)
  return Array.from(
    { length: Math.min(bits.length, count) },
    (_, index) => bits[Math.floor(index * step)],
  ).filter((bit) => bit !== undefined)
}

function decrypt(vector: SopsVector, bytes: Uint8Array): Buffer {
  const { branches } = decryptSopsFile(parseSopsFile(bytes, vector.format), vector.dataKey)
  return Buffer.from(formats[vector.format].emit(branches))
}

type Outcome = 'detected' | 'same output' | 'other output'

function flip(vector: SopsVector, { offset, mask }: Bit): Outcome {
  const bytes = Uint8Array.from(vector.encrypted)
  bytes[offset] = (bytes[offset] ?? 0) ^ mask
  try {
    return decrypt(vector, bytes).equals(vector.plain) ? 'same output' : 'other output'
  } catch (thrown) {
    if (!isSyncError(thrown) || thrown.code === 'InternalError') throw thrown
    return 'detected'
  }
}

/** Whether the bit belongs to a comment: nothing authenticates those, and what does not decrypt is left as it is. */
function isInComment({ encrypted: bytes }: SopsVector, { offset }: Bit): boolean {
  const line = Buffer.from(bytes).subarray(0, offset).toString('latin1').split('\n').at(-1) ?? ''
  const rest = Buffer.from(bytes).subarray(offset).toString('latin1').split('\n')[0] ?? ''
  return /^\s*[#;]/.test(line) || /type:[^\]]*comment\]$/.test(line + rest)
}

const vectors = readSopsVectors()

describe('one flipped bit', () => {
  const made = new Map<Part, number>()

  it.each(vectors)('in $name is detected, or changes nothing', { timeout: 120_000 }, (vector) => {
    const bits = listBits(vector)
    for (const bit of sample(bits, flipsOf(vector))) {
      made.set(bit.part, (made.get(bit.part) ?? 0) + 1)
      const outcome = flip(vector, bit)
      if (outcome === 'other output') expect(isInComment(vector, bit)).toBe(true)
    }
  })

  it('was made at least 10,000 times, in every kind of part', () => {
    expect([...made.keys()].sort()).toEqual(['data', 'iv', 'plain', 'tag', 'type'])
    expect([...made.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(10_000)
  })
})

const value = seal('42', 'n:', 'int')
const json = (body: string, hashed: string, metadata = {}): Sealing => ({
  format: 'json',
  body,
  hashed,
  metadata,
})

describe('what SOPS does not detect by design:', () => {
  it.each<[string, Sealing, string]>([
    ['another type of the same text', json(`"n": "${value.replace('type:int', 'type:str')}"`, '42'), '"42"'],
    ['text behind a value', json(`"n": "${value} and more"`, '42'), '42'],
    ['the name of a plain value', json('"renamed_unencrypted": "x"', 'x'), '"renamed_unencrypted": "x"'],
    [
      'null, empty text and empty containers',
      json(`"n": "${value}", "a": null, "b": "", "c": {}`, '42'),
      '"a": null',
    ],
    [
      'where one plain value ends and the next starts',
      json('"a_unencrypted": "x", "b_unencrypted": "yz"', 'xyz'),
      'yz',
    ],
    [
      'a plain value where the MAC covers the encrypted ones',
      json(`"a_unencrypted": "new", "n": "${value}"`, '42', { mac_only_encrypted: true }),
      'new',
    ],
    ['metadata: the release, recipients', json(`"n": "${value}"`, '42', { version: '99.0.0' }), '42'],
    [
      'the spelling of lastmodified',
      {
        ...json(`"n": "${value}"`, '42', { lastmodified: '2026-01-02T03:04:05.9+00:00' }),
        macBoundTo: '2026-01-02T03:04:05Z',
      },
      '42',
    ],
    ['a comment', { format: 'yaml', body: `# new\n#${value}\nn: ${value}`, hashed: '42' }, '# new\n'],
  ])('%s', async (_, sealing, printed) => {
    expect(await openSealed(sealFile(sealing), sealing.format)).toContain(printed)
  })
})
