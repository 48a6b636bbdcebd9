import fc from 'fast-check'

/** What people put into encrypted files by hand. */
const lines = [
  ...['', ' ', '\t', '# c', '  # c', '      # deep', '#'],
  ...[
    'a9: 1',
    '- x',
    '  - # c',
    'b9_unencrypted: x',
    '"q": "ENC[AES256_GCM,data:x"',
    '<<: {a: 1}',
    '? k\n: v',
  ],
  ...['...', '---', '&x a', '*x', '{', '}', '~: !!int x'],
]

type Edit = (content: string[], at: number) => void

const edits: Readonly<Record<string, Edit>> = {
  delete: (content, at) => void content.splice(at, 1),
  swap: (content, at) => void content.splice(at, 2, ...content.slice(at, at + 2).reverse()),
  indent: (content, at) => changeLine(content, at, (line) => ` ${line}`),
  outdent: (content, at) => changeLine(content, at, (line) => line.replace(/^ /, '')),
  comment: (content, at) => changeLine(content, at, (line) => `${line} # t`),
  quote: (content, at) => changeLine(content, at, (line) => line.replace(/(ENC\[.*\])$/, '"$1"')),
  unquote: (content, at) => changeLine(content, at, (line) => line.replace(/"([^"]*)"$/, '$1')),
}

function changeLine(content: string[], at: number, change: (line: string) => string): void {
  const line = content[at]
  if (line !== undefined) content[at] = change(line)
}

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.constantFrom(...lines).map(
    (line): Edit =>
      (content, at) =>
        void content.splice(at, 0, line),
  ),
  fc.constantFrom(...Object.values(edits)),
)

/** What a hand makes of the text of an encrypted file, above its metadata; mostly nothing. */
export const lineEdits: fc.Arbitrary<(text: string) => string> = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), edit), { maxLength: 3 })
  .map((chosen) => (text) => {
    const content = text.split('\n')
    const metadataAt = content.findIndex((line) => /^\s*("?sops"?:|\[sops\]|sops_)/.test(line))
    for (const [share, apply] of chosen) apply(content, Math.floor(share * Math.max(metadataAt, 1)))
    return content.join('\n')
  })
