import fc from 'fast-check'

/** An overlay as files by path; `top` is what is built. */
export type RandomFiles = Readonly<Record<string, string>>

const word = fc.constantFrom('a', 'b', 'c', 'cfg', 'app.env', 'K_1')
const name = fc.constantFrom('s', 't', 'app', 'u', 'v', 'w')
/** Names that no plain object has, so that most layers build. */
const freshName = fc.integer({ min: 1, max: 30 }).map((at) => `g${at}`)
const kind = fc.constantFrom('Secret', 'ConfigMap')

/** Scalars as they are written, among them those that look like another type. */
const scalar = fc.constantFrom(
  ...[
    'x',
    '"1"',
    "'a b'",
    '1',
    '0x1F',
    '014',
    '1.50',
    '1e3',
    'true',
    '"true"',
    'yes',
    'off',
    'null',
    '~',
    '""',
  ],
  ...['2001-01-01', '"2001-01-01"', '12:30:45', 'a#b', '"a\\nb"', 'MQ==', '.5', '1_000', 'é', "'it''s'"],
)
const literal = fc
  .tuple(
    word,
    fc.constantFrom('', '1', 'true', 'a=b', '"q"', "'q'", '"', ' pad ', 'null', 'x'.repeat(60), 'é', '<&>'),
  )
  .map(([key, value]) => `${key}=${value}`)
const text = fc.constantFrom(
  '',
  'x',
  'a\nb\n',
  'A=1\nB=two # no\n',
  'y'.repeat(80),
  '\ufeffA=1\r\n',
  '  A = "q"\n#c\nD',
)

const list = (items: readonly string[]) => `[${items.map((item) => JSON.stringify(item)).join(', ')}]`
const unique = (items: readonly string[]) => [
  ...new Map(items.map((item) => [item.split('=')[0], item])).values(),
]

const block = (indent: string, pairs: readonly (readonly [string, string])[]) =>
  [...new Map(pairs)].map(([key, value]) => `${indent}${key}: ${value}\n`).join('')

const pairs = fc.array(fc.tuple(word, scalar), { maxLength: 3 })

interface ObjectParts {
  readonly kind: string
  readonly name: string
  readonly fields: readonly (readonly ['data' | 'stringData', readonly (readonly [string, string])[]])[]
  readonly metadata: string
}

const parts: fc.Arbitrary<ObjectParts> = fc.record({
  kind,
  name,
  fields: fc.uniqueArray(fc.tuple(fc.constantFrom('data', 'stringData'), pairs), {
    maxLength: 2,
    selector: ([field]) => field,
  }),
  metadata: fc.constantFrom(
    '',
    '',
    '  labels: {l: x}\n',
    '  annotations: {n: "1", m: y}\n',
    '  namespace: own\n',
    '  labels: {l: "1"}\n  annotations: {n: 3}\n',
  ),
})

function formatObject({ kind, name, fields, metadata }: ObjectParts): string {
  const body = fields.map(([field, values]) =>
    values.length === 0 ? `${field}: {}\n` : `${field}:\n${block('  ', values)}`,
  )
  return `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${metadata}${body.join('')}`
}

/** A generator as it stands in a base, and as it stands above one, where it may join what is there. */
const generator = fc
  .record({
    fresh: freshName,
    joined: fc.constantFrom('m', 'm', 'joined'),
    literals: fc.array(literal, { maxLength: 3 }),
    files: fc.constantFrom('', '', 'files: [f.txt], ', 'files: ["k=f.txt"], ', 'envs: [f.txt], '),
    behavior: fc.constantFrom('', '', 'merge', 'merge', 'replace'),
    options: fc.constantFrom(
      '',
      '',
      'options: {disableNameSuffixHash: true}, ',
      'options: {labels: {g: h}, annotations: {i: j}}, ',
      'options: {immutable: true}, ',
    ),
  })
  .map(({ fresh, joined, literals, files, behavior, options }) => {
    const rest = `${files}${options}literals: ${list(unique(literals))}`
    const base = `{name: ${fresh}, ${rest}}`
    return { base, above: behavior === '' ? base : `{name: ${joined}, behavior: ${behavior}, ${rest}}` }
  })

const merge = parts.map((patch) =>
  formatObject({ ...patch, metadata: patch.metadata.replace(/ {2}name.*\n/, '') }),
)
const operation = fc
  .tuple(
    fc.constantFrom('add', 'replace', 'add', 'remove'),
    fc.constantFrom('data', 'stringData'),
    word,
    scalar,
  )
  .map(([op, field, key, value]) => `- {op: ${op}, path: /${field}/${key}, value: ${value}}\n`)
const operations = fc.oneof(
  { weight: 1, arbitrary: operation },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '- {op: add, path: /data, value: {z: w}}\n',
      '- {op: add, path: /metadata/labels, value: {j: "1"}}\n',
      '- {op: replace, path: /metadata/name, value: renamed}\n',
      '- {op: add, path: /stringData, value: {n: 5, t: true}}\n',
    ),
  },
)
const target = fc.constantFrom(
  'kind: Secret',
  'kind: ConfigMap',
  'name: s',
  'name: a.*|t',
  'kind: Secret, name: s',
  'labelSelector: l=x',
  'annotationSelector: "n"',
  'namespace: default',
  'version: v1',
)
const indent = (value: string) => value.replace(/^/gm, '    ').trimEnd()

const patch = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(merge, fc.constantFrom('m', 'joined', 'joined', 's'))
      .map(([value, name]) => `- patch: |-\n${indent(value.replace(/name: .*/, `name: ${name}`))}\n`),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.oneof(merge, operations), target)
      .map(([value, to]) => `- patch: |-\n${indent(value)}\n  target: {${to}}\n`),
  },
)

const changes = fc.subarray([
  'namePrefix: p-\n',
  'nameSuffix: -z\n',
  'namespace: nsx\n',
  'commonLabels: {c: d}\n',
  'commonAnnotations: {e: "5"}\n',
  'labels: [{pairs: {q: r}}]\n',
  'generatorOptions: {disableNameSuffixHash: true}\n',
  'generatorOptions: {labels: {go: x}}\n',
])

const layer = fc
  .record({
    objects: fc.uniqueArray(parts, { maxLength: 2, selector: (part) => part.kind + part.name }),
    secrets: fc.array(generator, { maxLength: 2 }),
    maps: fc.array(generator, { maxLength: 1 }),
    patches: fc.array(patch, { maxLength: 2 }),
    changes,
    file: text,
  })
  .map(({ objects, secrets, maps, patches, changes, file }) => ({
    objects,
    secrets,
    maps,
    patches,
    changes,
    file,
  }))

type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never

function writeLayer(directory: string, content: Layer, extra: readonly string[]): RandomFiles {
  const { objects, secrets, maps, patches, changes, file } = content
  const isBase = extra.length === 0 && directory !== 'comp'
  const own = objects.length === 0 && !isBase ? [] : ['o.yaml']
  const fields = new Map(changes.map((change) => [change.split(':')[0], change]))
  const lines = [
    `resources: ${list([...own, ...extra.filter((path) => !path.includes('comp'))])}\n`,
    writeGenerators('secretGenerator', secrets, isBase),
    writeGenerators('configMapGenerator', maps, isBase),
    ...(patches.length > 0 ? [`patches:\n${patches.join('')}`] : []),
    ...fields.values(),
    ...(extra.some((path) => path.includes('comp')) ? ['components: [../comp]\n'] : []),
    ...(directory === 'comp' ? ['apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'] : []),
  ]
  return {
    [`${directory}/kustomization.yaml`]: lines.join(''),
    [`${directory}/f.txt`]: file,
    ...(own.length > 0 && {
      [`${directory}/o.yaml`]: [...(isBase ? joinable : []), ...objects.map(formatObject)].join('---\n'),
    }),
  }
}

const joinable = ['Secret', 'ConfigMap'].map(
  (kind) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: joined}\ndata: {a: MQ==, b: "2", c: 3}\n`,
)

function writeGenerators(field: string, generators: Layer['secrets'], isBase: boolean): string {
  const own = generators.map(({ base, above }) => (isBase ? base : above))
  const items = isBase ? ['{name: m, literals: [a=1, b=2]}', ...own] : own
  return items.length === 0 ? '' : `${field}:\n${items.map((item) => `- ${item}\n`).join('')}`
}

/** Overlays of one to five layers: bases, diamonds and components, with all that may change a Secret. */
export const randomOverlay: fc.Arbitrary<RandomFiles> = fc
  .tuple(
    fc.constantFrom('alone', 'base', 'component', 'diamond', 'chain'),
    fc.tuple(layer, layer, layer, layer),
  )
  .map(([shape, [top, one, two, base]]) => {
    switch (shape) {
      case 'alone':
        return writeLayer('top', top, [])
      case 'base':
        return { ...writeLayer('top', top, ['../base']), ...writeLayer('base', base, []) }
      case 'component':
        return {
          ...writeLayer('top', top, ['../base', '../comp']),
          ...writeLayer('comp', one, []),
          ...writeLayer('base', base, []),
        }
      case 'diamond':
        return {
          ...writeLayer('top', top, ['../one', '../two']),
          ...writeLayer('one', { ...one, changes: [...one.changes, 'namePrefix: one-\n'] }, ['../base']),
          ...writeLayer('two', { ...two, changes: [...two.changes, 'namePrefix: two-\n'] }, ['../base']),
          ...writeLayer('base', base, []),
        }
      default:
        return {
          ...writeLayer('top', top, ['../one']),
          ...writeLayer('one', one, ['../base']),
          ...writeLayer('base', base, []),
        }
    }
  })
