import fc from 'fast-check'
import { formatYaml } from '../../lib/core/sops/formats/yaml/emit/format-yaml.ts'
import type { SopsFormat } from '../../lib/core/sops/sops-format.ts'
import type { Comment, Pair, Scalar, TreeMap, TreeNode } from '../../lib/core/sops/tree.ts'

/** A plain file for sops to encrypt, and how. */
export interface SopsDocument {
  readonly format: SopsFormat
  readonly content: Uint8Array
  /** Options of `sops -e` that say what is encrypted. */
  readonly rule: readonly string[]
}

const oddTexts = [
  '',
  ' ',
  '~',
  'null',
  'yes',
  '0644',
  '1e3',
  '12:30',
  '2024-02-29',
  '<<',
  '- a',
  'a: b',
  'a #b',
  "it's",
  '"',
  '\\n',
  '\t',
  '🎉',
  'žluťoučký',
  '\u2028',
  'line\nline',
  'line\n\n',
  '\nline',
  ' lead\nline ',
  'ENC[AES256_GCM,data:x]',
]
const oddKeys = [
  '10',
  '9',
  '__proto__',
  'constructor',
  'a:b',
  'a b',
  'é',
  'k_unencrypted',
  'x_enc',
  'data',
  'y',
  '#k',
  '<<k',
]

const text = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const key = fc
  .oneof(fc.constantFrom(...oddKeys), fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/))
  .filter((name) => name !== 'sops')

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 4, arbitrary: text.map((value): Scalar => ({ type: 'str', text: value })) },
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value): Scalar => ({ type: 'int', value })),
  fc.integer().map((value): Scalar => ({ type: 'int', value: BigInt(value) })),
  fc
    .double({ noNaN: true })
    .map((value): Scalar => ({ type: 'float', value: Object.is(value, -0) ? 0 : value })),
  fc.boolean().map((value): Scalar => ({ type: 'bool', value })),
  fc.constant<Scalar>({ type: 'null' }),
  fc
    .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date): Scalar => ({ type: 'time', text: date.toISOString().replace(/\.?0*Z$/, 'Z') })),
)

const comment = fc
  .oneof(fc.constantFrom(' note', ' sops:enc', ' sops:plain', 'x'), fc.stringMatching(/^[ a-zé#:-]{1,12}$/))
  .map((note): Comment => ({ type: 'comment', text: note }))

/** Maps with comments among their pairs; keys are unique. */
function treeOf(leaf: fc.Arbitrary<Scalar>, withComments: boolean): fc.Arbitrary<TreeMap> {
  const { root } = fc.letrec<{ root: TreeMap; node: TreeNode }>((tie) => ({
    root: fc
      .uniqueArray(fc.tuple(key, tie('node'), fc.option(comment, { freq: 4 })), {
        selector: ([name]) => name,
        minLength: 1,
        maxLength: 4,
      })
      .map((entries) => ({
        type: 'map',
        items: entries.flatMap(([name, value, note]): (Pair | Comment)[] => [
          ...(note && withComments ? [note] : []),
          { type: 'pair', key: name, value },
        ]),
      })),
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      tie('root'),
      fc.array(tie('node'), { maxLength: 3 }).map((items): TreeNode => ({ type: 'list', items })),
    ),
  }))
  return root
}

/** What only hand-written YAML has. */
const yamlExtras = fc.subarray([
  'anchor1: &anchor {x: 1, y: [2, three]} # why\nanchor2: *anchor\n',
  'merged:\n  <<: {a: 1}\n  b: 2\n',
  'folded: >-\n  one\n  two\n\n  three\n',
  'numbers: [0777, 0x1F, 1_000, .5, 08, 1e21, -0]\n',
  '# head\n\nlist:\n  # first\n  - a # inline\n  # second\n  - b: 1\n    # foot\n  - [c]\n# tail\n',
  'quoted: "a\\tb\\u263a"\n',
  'times: [2024-01-02, 2001-12-14t21:59:43.10-05:00]\n',
])

const yamlDocument = fc
  .tuple(fc.array(treeOf(scalar, true), { minLength: 1, maxLength: 2 }), yamlExtras)
  .map(([trees, extras]) => `${extras.join('')}${formatYaml(trees)}`)

const jsonDocument = fc
  .dictionary(key, fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 5 })
  .map((value) =>
    JSON.stringify({ big_unencrypted: 1, ...value }, null, 2).replace(/: 1(?=,|\n)/, ': 9007199254740993'),
  )

const flatText = text.map((value) => value.replaceAll('\n', '\\n'))
const dotenvDocument = fc
  .array(
    fc.oneof(
      fc.tuple(fc.stringMatching(/^[A-Za-z _.]{1,8}$/), flatText).map(([name, value]) => `${name}=${value}`),
      fc.stringMatching(/^#[ a-zé=]{0,8}$/),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .filter((lines) => !lines.some((line) => line.startsWith('sops_')))
  .map((lines) => `${lines.join('\n')}\n`)

const iniDocument = fc
  .array(
    fc.constantFrom(
      '[section one]\n',
      '[DEFAULT]\n',
      '[other]\n',
      '# note\n',
      '; note ; more\n',
      'user = alice\n',
      'pass: p"4s\'s ; inline\n',
      'quoted = " padded "\n',
      'ticks = `a;b#c`\n',
      'long_key_name = """two\nlines"""\n',
      'k_unencrypted = plain\n',
      'é = ž\n',
      'empty =\n',
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((lines) => lines.join(''))

const rule = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string[]>([]) },
  fc.constantFrom(
    ['--encrypted-regex', '^(data|k.*|a:b)$'],
    ['--unencrypted-regex', '[0-9]|(?i)X_'],
    ['--encrypted-suffix', '_enc'],
    ['--unencrypted-suffix', 'y'],
    ['--encrypted-comment-regex', 'sops:enc'],
    ['--unencrypted-comment-regex', 'sops:plain'],
  ),
)

/** Flat files may be in any; nothing in them says so. */
const encoding = fc.constantFrom('utf8', 'utf8', 'latin1')

const contents = {
  yaml: yamlDocument.map((content) => Buffer.from(content)),
  json: jsonDocument.map((content) => Buffer.from(content)),
  dotenv: fc.tuple(dotenvDocument, encoding).map(([content, name]) => Buffer.from(content, name)),
  ini: fc.tuple(iniDocument, encoding).map(([content, name]) => Buffer.from(content, name)),
  binary: fc.uint8Array({ maxLength: 64 }).map((content) => Buffer.from(content)),
} as const satisfies Record<SopsFormat, fc.Arbitrary<Uint8Array>>

/** Documents of one format with everything that sops accepts and people get wrong. */
export function sopsDocument(format: SopsFormat): fc.Arbitrary<SopsDocument> {
  return fc.tuple(contents[format], rule, fc.boolean()).map(([content, options, macOnly]) => ({
    format,
    content,
    rule: macOnly ? [...options, '--mac-only-encrypted'] : options,
  }))
}
