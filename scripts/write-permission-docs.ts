import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'

const root = join(import.meta.dirname, '..')

const sections: readonly (readonly [title: string, file: string])[] = [
  ['Webhook', 'infra/iam/webhook.yml'],
  ['Worker: what it reads and works', 'infra/iam/worker-inputs.yml'],
  ['Worker: published secrets', 'infra/iam/worker-secrets.yml'],
  ['Worker: published parameters', 'infra/iam/worker-parameters.yml'],
  ['Reconcile, and the schedule that starts it', 'infra/iam/reconcile.yml'],
  ['API', 'infra/iam/api.yml'],
  ['The key of version ids: its own policy', 'infra/iam/version-key.yml'],
  ['The role in another account', 'infra/target-account.yml'],
]

/** docs/permissions.md, made from the policies of the stack. */
export function formatPermissionDocs(): string {
  return [
    '# Permissions',
    '',
    '<!-- Made by `npm run docs` from infra; do not edit. -->',
    '',
    'What each function may do, and why. A test holds the packaged stack to it: no action has a wildcard, and `*` stands',
    'as a resource only where AWS knows no other, or in a denial. `<name>` is a parameter of the deployment.',
    ...sections.flatMap(([title, file]) => ['', `## ${title}`, '', ...formatPolicies(file)]),
    '',
  ].join('\n')
}

interface FoundStatement {
  readonly map: YAMLMap
  /** The comment above it. */
  readonly purpose: string
  /** The condition of the template that it depends on. */
  readonly when?: string
}

function formatPolicies(file: string): string[] {
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { logLevel: 'silent' })
  return [
    '| statement | allows | on | if |',
    '|---|---|---|---|',
    ...listStatements(document).map((statement) => formatStatement(document, statement)),
  ]
}

/** The items of every `Statement` that has a name; others only say who assumes a role. */
function listStatements(document: Document<ParsedNode>): FoundStatement[] {
  const found: FoundStatement[] = []
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'Statement' || !isSeq(value)) return
      for (const [n, item] of (value.items as Node[]).entries()) {
        const purpose = ((n === 0 ? value.commentBefore : null) ?? item.commentBefore ?? '').trim()
        const [when, then] = isSeq(item) ? (item.items as Node[]) : [undefined, item]
        const map = isScalar(then) ? readIncluded(String(then.value)) : then
        if (!isMap(map) || !map.has('Sid')) continue
        found.push({ map, purpose, ...(isScalar(when) && { when: String(when.value) }) })
      }
    },
  })
  return found
}

/** The statement in a file that the stack includes as `${file(<path>)}`. */
function readIncluded(reference: string): Node | null {
  const [, file = ''] = /^\$\{file\(([^)]+)\)\}$/.exec(reference) ?? []
  return file === '' ? null : parseDocument(readFileSync(join(root, file), 'utf8')).contents
}

function formatStatement(document: Document, { map, purpose, when }: FoundStatement): string {
  const text = (key: string) => formatNode(document, map.get(key, true) as Node | undefined)
  const denied = text('Effect').includes('Deny') ? '**denied:** ' : ''
  const resource = map.has('NotResource') ? `all but ${text('NotResource')}` : text('Resource')
  const conditions = [
    ...(when === undefined
      ? []
      : [`${when === 'ReadsNoParameters' ? 'not' : 'only'} with \`${findParameter(when)}\``]),
    ...formatConditions(document, map.get('Condition', true) as Node | undefined),
  ]
  const about = purpose === '' ? '' : `. ${purpose.replaceAll(/\s*\n\s*/g, ' ')}`
  const cells = [`${map.get('Sid')}${about}`, `${denied}${text('Action')}`, resource, conditions.join('; ')]
  return `| ${cells.join(' | ')} |`
}

function formatConditions(document: Document, node: Node | undefined): string[] {
  if (!isMap(node)) return []
  return node.items.flatMap(({ key: operator, value }) =>
    isMap(value)
      ? value.items.map(
          (entry) => `${operator} \`${entry.key}\` ${formatNode(document, entry.value as Node)}`,
        )
      : [],
  )
}

/** The parameter of the deployment that a condition asks for. */
function findParameter(condition: string): string {
  const text = readFileSync(join(root, 'infra/conditions.yml'), 'utf8')
  return new RegExp(`${condition}: .*\\$\\{param:(\\w+)\\}`).exec(text)?.[1] ?? 'EncryptionKeys'
}

/** Scalars between backticks; intrinsic functions of CloudFormation as what they stand for. */
function formatNode(document: Document, node: Node | undefined | null): string {
  if (isAlias(node)) return formatNode(document, node.resolve(document))
  if (isScalar(node)) return `\`${formatScalar(node.tag, String(node.value))}\``
  if (!isSeq(node)) return ''
  const items = node.items as Node[]
  if (node.tag === '!If' || node.tag === '!Split') return formatNode(document, items[1])
  // The one join of the stack makes the objects of a list of buckets.
  if (node.tag === '!Join') return '`<manifestBuckets>/*`'
  return items.map((item) => formatNode(document, item)).join(', ')
}

function formatScalar(tag: string | undefined, text: string): string {
  if (tag === '!GetAtt') return text.replace(/\.Arn$/, '')
  return text
    .replace(/^arn:\$\{AWS::Partition\}/, 'arn:aws')
    .replaceAll(/\$\{param:(\w+)\}/g, '<$1>')
    .replaceAll(/\$\{AWS::(\w+)\}/g, '<$1>')
    .replaceAll(/\$\{(\w+)(?:\.Arn)?\}/g, '<$1>')
}

if (import.meta.main) writeFileSync(join(root, 'docs/permissions.md'), formatPermissionDocs())
