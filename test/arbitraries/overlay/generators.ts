import fc from 'fast-check'
import { flowList } from './values.ts'

/** A generator as a base has it, and as a layer above has it, where it may join what is there. */
export interface GeneratorText {
  readonly base: string
  readonly above: string
}

const word = fc.constantFrom('a', 'b', 'c', 'cfg', 'app.env', 'K_1')
const literalValue = fc.constantFrom(
  ...[
    '',
    '1',
    'true',
    'a=b',
    '"q"',
    "'q'",
    '"',
    '""""',
    ' pad ',
    'null',
    'x'.repeat(60),
    'é',
    '<&>',
    'a\nb',
    '\n',
    'a\n',
  ],
  ...[
    '~',
    '2001-01-01',
    '0x1F',
    '1e3',
    '.5',
    '[1]',
    '{a: b}',
    ': ',
    '# no',
    '- a',
    '!t',
    '&a',
    '*a',
    '\tx',
    ' a\n b',
    'y',
  ],
  ...['a\tb', 'a\r\nb', '\u2028', '\ufeff', 'on', '12:30:45', 'x'.repeat(51), 'x'.repeat(52), '|', '>-\na'],
)
const literal = fc.tuple(word, literalValue).map(([key, value]) => `${key}=${value}`)

/** Names that no plain object has, so that most layers build. */
const freshName = fc.integer({ min: 1, max: 60 }).map((at) => `g${at}`)

const options = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'options: {disableNameSuffixHash: true}, ',
      'options: {labels: {g: h, l: "1"}, annotations: {i: j, v: "yes"}}, ',
      'options: {immutable: true}, ',
      'options: {annotations: {l: "a\\nb"}, disableNameSuffixHash: false}, ',
    ),
  },
)

/** `f.txt` holds what `files` and `envs` read. */
const files = fc.constantFrom(
  ...[
    '',
    '',
    '',
    'files: [f.txt], ',
    'files: ["k=f.txt"], ',
    'envs: [f.txt], ',
    'env: f.txt, ',
    'files: [sub/../f.txt], ',
  ],
)

const namespace = fc.constantFrom(...Array<string>(20).fill(''), 'namespace: own, ', 'namespace: default, ')

export const fileText: fc.Arbitrary<string> = fc.constantFrom(
  ...[
    '',
    'x',
    'a\nb\n',
    'A=1\nB=two # no\n',
    'y'.repeat(80),
    '\ufeffA=1\r\n',
    '  A = "q"\n#c\nD',
    'A=1\n\n=x\nexport B=2\n',
  ],
  ...[
    'A\n',
    '\u00a0A=1\n',
    'A=1\nB\r\nC=\r',
    '\n\n',
    'a'.repeat(52),
    'é=1',
    'A=b=c\n',
    '\tx',
    ' \n',
    'A: 1\n',
  ],
)

export const generatorText: fc.Arbitrary<GeneratorText> = fc
  .record({
    fresh: freshName,
    joined: fc.constantFrom(...Array<string>(20).fill('m'), ...Array<string>(20).fill('joined'), 'p-m'),
    literals: fc.array(literal, { maxLength: 3 }),
    files,
    namespace,
    behavior: fc.constantFrom(...['', ''], ...Array<string>(6).fill('merge'), 'replace', 'replace'),
    options,
  })
  .map(({ fresh, joined, literals, files, namespace, behavior, options }) => {
    const rest = `${namespace}${files}${options}literals: ${flowList(uniqueKeys(literals))}`
    const base = `{name: ${fresh}, ${rest}}`
    return { base, above: behavior === '' ? base : `{name: ${joined}, behavior: ${behavior}, ${rest}}` }
  })

function uniqueKeys(literals: readonly string[]): readonly string[] {
  return [...new Map(literals.map((literal) => [literal.split('=')[0], literal])).values()]
}
