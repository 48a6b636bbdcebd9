import fc from 'fast-check'
import { flowList, metadataValue, uniquePairs, type ValueText, value, valueMap } from './values.ts'

/** What a layer has as an object, and what a patch says of one. */
export interface ManifestParts {
  readonly kind: string
  readonly name: string
  readonly metadata: readonly (readonly [string, ValueText])[]
  readonly fields: readonly (readonly [string, ValueText])[]
}

const text =
  (content: string): ValueText =>
  () =>
    ` ${content}`

/** Names that patches and generators of other layers know, and others that no two layers share by chance. */
const name = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('s', 't') },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }).map((at) => `o${at}`) },
)
const kind = fc.constantFrom('Secret', 'Secret', 'ConfigMap')

const textMap = fc
  .array(fc.tuple(fc.constantFrom('l', 'm', 'v'), metadataValue), { maxLength: 2 })
  .map((pairs) =>
    text(
      `{${uniquePairs(pairs)
        .map(([key, content]) => `${key}: ${content}`)
        .join(', ')}}`,
    ),
  )

const metadataField = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('labels'), textMap) },
  { weight: 4, arbitrary: fc.tuple(fc.constant('annotations'), textMap) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant('namespace'), fc.constantFrom('own', 'nsx', 'default').map(text)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('finalizers'),
      fc.subarray(['f/a', 'f/b', 'f/c']).map((items) => text(flowList(items))),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['annotations', text('{config.kubernetes.io/local-config: "true"}')] as const,
      ['ownerReferences', text('[{uid: u1, name: a, kind: K, apiVersion: v1}]')] as const,
      ['creationTimestamp', text('null')] as const,
      ['labels', text('null')] as const,
      ['annotations', text('{}')] as const,
    ),
  },
)

const field = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant('data'), valueMap) },
  { weight: 5, arbitrary: fc.tuple(fc.constant('stringData'), valueMap) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('binaryData'), valueMap) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant('type'), fc.constantFrom('Opaque', 'kubernetes.io/tls').map(text)),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('immutable'), fc.constantFrom('true', 'false').map(text)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('data', 'stringData', 'extra'), value) },
)

export const manifestParts: fc.Arbitrary<ManifestParts> = fc.record({
  kind,
  name,
  metadata: fc.array(metadataField, { maxLength: 2 }),
  fields: fc.array(field, { maxLength: 3 }),
})

/** A Secret or ConfigMap as YAML. */
export function formatManifest({ kind, name, metadata, fields }: ManifestParts): string {
  const lines = (pairs: readonly (readonly [string, ValueText])[], indent: string) =>
    uniquePairs(pairs)
      .map(([key, content]) => `${indent}${key}:${content(indent)}\n`)
      .join('')
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${lines(metadata, '  ')}${lines(fields, '')}`
}

/** Objects of other kinds, which take part in names and selections but are not published. */
export const otherObject: fc.Arbitrary<string> = fc.constantFrom(
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: s, labels: {l: x}}\nspec: {replicas: 1}\n',
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: s}\n',
  'apiVersion: example.com/v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: b}\n',
  'apiVersion: v1\nkind: Service\nmetadata: {name: t, annotations: {v: "1"}}\n',
)

/** Ways in which a file holds its objects. */
export const fileStyle = fc.constantFrom<(objects: readonly string[]) => string>(
  (objects) => objects.join('---\n'),
  (objects) => objects.join('---\n'),
  (objects) => objects.join('---\n'),
  (objects) => `---\n# first\n${objects.join('---\n')}---\n`,
  (objects) => objects.join('--- # next\n').replaceAll('\n', '\r\n'),
  (objects) => `${objects.join('---\n').trimEnd()}`,
  (objects) =>
    `apiVersion: v1\nkind: List\nitems:\n${objects
      .map((object) => `- ${object.trimEnd().replaceAll('\n', '\n  ')}\n`)
      .join('')}`,
)
