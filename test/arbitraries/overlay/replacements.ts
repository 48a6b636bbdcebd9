import fc from 'fast-check'

const scalars = fc.constantFrom(
  'x',
  '"1"',
  '7',
  'true',
  '0x1F',
  '"yes"',
  '~',
  '""',
  "'a: b'",
  '1.50',
  '2001-01-01',
)

/** Sources that most layers have: the generated `m` and the plain `joined`. */
const source = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'source: {kind: Secret, name: m, fieldPath: data.a}',
      'source: {kind: Secret, name: m}',
      'source: {kind: ConfigMap, name: joined, fieldPath: data.b}',
      'source: {kind: ConfigMap, name: joined, fieldPath: data.c}',
      'source: {kind: ConfigMap, name: joined, fieldPath: data}',
      'source: {kind: Secret, name: joined, fieldPath: data.a, options: {delimiter: Q, index: 1}}',
      'source: {kind: Secret, name: joined, namespace: default, fieldPath: metadata.name}',
      'source: {kind: Secret, name: "j.*", fieldPath: data.a}',
    ),
  },
  { weight: 1, arbitrary: scalars.map((value) => `sourceValue: ${value}`) },
)
const select = fc.constantFrom(
  '{kind: Secret}',
  '{name: joined}',
  '{kind: ConfigMap, name: m}',
  '{name: "jo.*|s"}',
  '{labelSelector: l=x}',
  '{annotationSelector: n}',
  '{namespace: nsx}',
  '{}',
)
const reject = fc.constantFrom(
  '',
  '',
  '',
  'reject: [{name: joined}], ',
  'reject: [{kind: ConfigMap, name: "j.*"}], ',
)
const fieldPaths = fc.uniqueArray(
  fc.constantFrom(
    ...[
      'data.a',
      'data.b',
      'data.new',
      'data.[app.env]',
      'stringData.a',
      'stringData.deep.er',
      'metadata.labels.l',
    ],
    ...[
      'metadata.annotations.r',
      'metadata.annotations.x\\.y',
      'extra.0.k',
      'extra.[k=v].w',
      'extra.*.z',
      'type',
    ],
  ),
  { minLength: 1, maxLength: 3 },
)
const options = fc.constantFrom(
  ...['{create: true}', '{create: true}', '{create: true}', '{}', '{create: true, delimiter: "=", index: 1}'],
  ...['{create: true, delimiter: "a", index: -1}', '{create: true, encoding: base64}'],
)
const target = fc.tuple(select, reject, fieldPaths, options).map(([chosen, rejected, paths, how]) => {
  const quoted = paths.map((path) => `'${path}'`).join(', ')
  return `{select: ${chosen}, ${rejected}fieldPaths: [${quoted}], options: ${how}}`
})
const replacement = fc
  .tuple(source, fc.array(target, { minLength: 1, maxLength: 2 }))
  .map(([from, targets]) => `- ${from}\n  targets: [${targets.join(', ')}]\n`)

/** The field of a kustomization, or nothing. */
export const replacementsText: fc.Arbitrary<string> = fc
  .array(replacement, { maxLength: 2 })
  .map((entries) => (entries.length === 0 ? '' : `replacements:\n${entries.join('')}`))
