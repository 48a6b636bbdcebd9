import fc from 'fast-check'

/** A YAML text that follows `key:`; the indentation is that of the lines below. */
export type ValueText = (indent: string) => string

const oneLine =
  (text: string): ValueText =>
  () =>
    ` ${text}`

/** Scalars on one line, among them all that look like another type to one of go-yaml's versions. */
const plainScalars = [
  ...[
    'x',
    'a b',
    'a#b',
    'a,b',
    'é',
    '😀',
    'http://h:80/p',
    'MQ==',
    'YQ',
    '@x',
    '%',
    'a: b',
    '-',
    '- a',
    '? q',
  ],
  ...[
    '1',
    '-1',
    '+1',
    '0',
    '-0',
    '0x1F',
    '0b11',
    '0o14',
    '014',
    '08',
    '1_000',
    '1__0',
    '_1',
    '9007199254740993',
  ],
  ...['12345678901234567890', '-9223372036854775808', '123456789012345678901234567890', '1:30', '12:30:45'],
  ...['1.50', '.5', '5.', '1e3', '1E3', '-1.5e-7', '100000000000000000000.0', '1e21', '0.1', '1.0', '1e6'],
  ...['true', 'True', 'TRUE', 'tRue', 'false', 'yes', 'No', 'on', 'off', 'y', 'n', 'Y'],
  ...['null', '~', 'Null', 'NULL', '', '=', 'nan'],
  ...['2001-01-01', '2001-1-2', '2001-01-01T10:00:00Z', '2001-01-01 10:00:00', '2001-02-30', '20010101'],
].filter((text) => !['@x', '%', 'a: b', '- a', '? q', '-'].includes(text))

const quotedScalars = [
  ...[
    '""',
    "''",
    '"1"',
    "'1'",
    '"true"',
    "'null'",
    '"~"',
    '" pad "',
    "'it''s'",
    '"a\\"b"',
    '"a\\nb"',
    '"\\n"',
  ],
  ...[
    '"a\\n"',
    '"\\ta"',
    '"a\\tb"',
    '"\\u00e9\\U0001F600"',
    '"a\\rb"',
    '"a: b #c"',
    "'- a'",
    '"{a: b}"',
    '"2001-01-01"',
  ],
  ...[
    '"a \\n b"',
    '"\\n\\na"',
    '"a\\n\\n"',
    '" a\\nb"',
    '"[1]"',
    '"yes"',
    '"12:30:45"',
    '"0x1F"',
    '"1e3"',
    '"<&>\\u2028"',
  ],
  ...['"\\u00a0"', '"\\x01"', '"#a"', '"a #b"', '"!a"', '"&a"', '"*a"', '"|"', '"%"', '"@"', '"`"', '": "'],
]

const taggedScalars = ['!!str 5', '!!str', '!!str true', '!!binary aGk=', '! 5', '!custom x', '!custom "1"']

/** Scalars of several lines, with each way of ending. */
const blocks: readonly (readonly [string, readonly string[]])[] = [
  ...['|', '|-', '|+', '>', '>-', '>+', '|2', '>2-'].flatMap((header) => [
    [header, ['a']] as const,
    [header, ['a', 'b']] as const,
    [header, ['a', '', 'b', '']] as const,
  ]),
  ['|', ['a', '  b', 'c']],
  ['>', ['a', '  b', '  c', 'd']],
  ['>', ['a', '', '  b', 'c']],
  ['>-', ['a', '\tb', 'c']],
  ['|', ['# no comment', 'a: b']],
  ['|', ['é😀', 'MQ==']],
  ['|-', ['1']],
  ['>-', ['true']],
  ['|', ['x'.repeat(90)]],
  ['>', [`${'word '.repeat(30)}end`]],
]

const blockScalar: fc.Arbitrary<ValueText> = fc.constantFrom(...blocks).map(
  ([header, lines]) =>
    (indent) =>
      ` ${header}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`,
)

/** A text over several lines in quotes or none. */
const folded: fc.Arbitrary<ValueText> = fc
  .constantFrom(['a', 'b'], ['"a', 'b"'], ["'a", '', "b'"], ['"a\\', '  b"'], ['a', '', 'b c'])
  .map((lines) => (indent) => ` ${lines.join(`\n${indent}  `)}`)

export const flowScalar: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...plainScalars.filter((text) => !/[,:]/.test(text) && text !== '')),
  },
  { weight: 5, arbitrary: fc.constantFrom(...quotedScalars) },
)

export const value: fc.Arbitrary<ValueText> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...plainScalars).map(oneLine) },
  { weight: 6, arbitrary: fc.constantFrom(...quotedScalars).map(oneLine) },
  { weight: 1, arbitrary: fc.constantFrom(...taggedScalars).map(oneLine) },
  { weight: 4, arbitrary: blockScalar },
  { weight: 1, arbitrary: folded },
)

/** Values of labels and annotations: texts, and a few that only look like texts. */
export const metadataValue: fc.Arbitrary<string> = fc.constantFrom(
  ...[
    'x',
    'y',
    '"1"',
    "'true'",
    'a-b',
    '"a b"',
    '3',
    'true',
    '0x1F',
    '1.50',
    '~',
    '""',
    'null',
    'yes',
    '2001-01-01',
    '"yes"',
  ],
)

/** Keys of data; few, so that patches and generators meet the same. */
export const key: fc.Arbitrary<string> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('a', 'b', 'c', 'cfg', 'app.env', 'K_1') },
  { weight: 9, arbitrary: fc.constantFrom('"q"', "'a b'", '"é"', '__proto__', 'constructor', '"a/b~c"') },
  { weight: 1, arbitrary: fc.constantFrom('yes', 'n', '"1"', 'true', '"null"', '2001-01-01') },
)

/** A map below a key, in block or in flow style. */
export const valueMap: fc.Arbitrary<ValueText> = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.tuple(key, value), { maxLength: 4 }).map(formatBlock) },
  { weight: 1, arbitrary: fc.array(fc.tuple(key, flowScalar), { maxLength: 3 }).map(formatFlow) },
)

function formatBlock(pairs: readonly (readonly [string, ValueText])[]): ValueText {
  if (pairs.length === 0) return oneLine('{}')
  return (indent) =>
    uniquePairs(pairs)
      .map(([name, text]) => `\n${indent}  ${name}:${text(`${indent}  `)}`)
      .join('')
}

function formatFlow(pairs: readonly (readonly [string, string])[]): ValueText {
  return oneLine(
    `{${uniquePairs(pairs)
      .map(([name, text]) => `${name}: ${text}`)
      .join(', ')}}`,
  )
}

/** Keys that differ once their quotes are gone. */
export function uniquePairs<T>(pairs: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return [...new Map(pairs.map((pair) => [pair[0].replace(/["']/g, ''), pair])).values()]
}

/** A list in flow style, its texts in quotes. */
export function flowList(items: readonly string[]): string {
  return `[${items.map((item) => JSON.stringify(item)).join(', ')}]`
}
