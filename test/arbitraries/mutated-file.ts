import fc from 'fast-check'

/** Pieces that mean something to at least one of the formats. */
const tokens = [
  ...[
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\0',
    '\ufeff',
    '\u0085',
    '\u2028',
    '\\',
    '\\u',
    '\\ud800',
    '"',
    "'",
    '`',
    '"""',
    '#',
    ';',
  ],
  ...[
    '- ',
    '? ',
    ': ',
    ', ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '|4-\n',
    '>\n',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '<<: ',
  ],
  ...['!!binary ', '!!int ', '!!float ', '!!timestamp ', '!!merge ', '! ', '!<x> ', '!!null ', '!!set '],
  ...['null', 'true', '0x', '0o8', '1e999', '-0', '.nan', '2024-13-01', '9'.repeat(400), '_'],
  ...[
    '=',
    '\\n',
    'sops:',
    '"sops":',
    '[sops]',
    'sops_',
    'sops_mac=',
    'mac:',
    '__list_0',
    '__map_',
    '__list_99999999999',
  ],
  ...[
    'ENC[AES256_GCM,data:',
    ',iv:',
    ',tag:',
    ',type:int]',
    ',type:time]',
    ']',
    'encrypted_regex: (',
    'key_groups:',
  ],
  ...['['.repeat(2000), '{"a":'.repeat(2000), '- '.repeat(1500), '  a:\n'.repeat(50), 'é', '🎉'],
].map((token) => Buffer.from(token))

type Edit = (bytes: Uint8Array, other: Uint8Array) => Uint8Array

const place = fc.double({ min: 0, max: 1, noNaN: true })
const at = (bytes: Uint8Array, share: number) => Math.floor(share * bytes.length)

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(place, fc.nat(255)).map(
      ([where, byte]): Edit =>
        (bytes) =>
          insert(bytes, at(bytes, where), Buffer.of(byte), 1),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(place, fc.nat(7)).map(
      ([where, bit]): Edit =>
        (bytes) =>
          flip(bytes, at(bytes, where), bit),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(place, fc.constantFrom(...tokens)).map(
      ([where, token]): Edit =>
        (bytes) =>
          insert(bytes, at(bytes, where), token),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.nat(64)).map(
      ([where, length]): Edit =>
        (bytes) =>
          insert(bytes, at(bytes, where), Buffer.of(), length),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, place, fc.nat(200)).map(
      ([from, to, length]): Edit =>
        (bytes) =>
          insert(bytes, at(bytes, to), bytes.subarray(at(bytes, from), at(bytes, from) + length)),
    ),
  },
  {
    weight: 1,
    arbitrary: place.map(
      (end): Edit =>
        (bytes) =>
          bytes.subarray(0, at(bytes, end)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(place, place).map(
      ([end, start]): Edit =>
        (bytes, other) =>
          Buffer.concat([bytes.subarray(0, at(bytes, end)), other.subarray(at(other, start))]),
    ),
  },
)

/** `inserted` instead of the `replaced` bytes at `offset`. */
function insert(bytes: Uint8Array, offset: number, inserted: Uint8Array, replaced = 0): Uint8Array {
  return Buffer.concat([bytes.subarray(0, offset), inserted, bytes.subarray(offset + replaced)])
}

function flip(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  return insert(bytes, offset, Buffer.of((bytes[offset] ?? 0) ^ (1 << bit)), 1)
}

/** One of `files`, changed in one to eight places, at times with the end of another. */
export function mutatedFile<File extends { readonly bytes: Uint8Array }>(
  files: readonly File[],
): fc.Arbitrary<File> {
  const edits = fc.array(edit, { minLength: 1, maxLength: 8 })
  return fc
    .tuple(fc.constantFrom(...files), fc.constantFrom(...files), edits)
    .map(([file, other, changes]) => ({
      ...file,
      bytes: changes.reduce((bytes, change) => change(bytes, other.bytes), file.bytes),
    }))
}
