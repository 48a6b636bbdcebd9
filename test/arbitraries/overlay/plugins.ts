import fc from 'fast-check'

const kinds: readonly (readonly [kind: string, body: string])[] = [
  ['PrefixTransformer', 'prefix: tp-\nfieldSpecs: [{path: metadata/name}]'],
  ['SuffixTransformer', 'suffix: -ts\nfieldSpecs: [{path: metadata/name, kind: Secret}]'],
  ['PrefixTransformer', 'prefix: v-\nfieldSpecs: [{path: data/a}]'],
  ['LabelTransformer', 'labels: {tl: "1"}\nfieldSpecs: [{path: metadata/labels, create: true}]'],
  ['LabelTransformer', 'labels: {tl: x}\nfieldSpecs: [{path: data, create: true, kind: ConfigMap}]'],
  [
    'AnnotationsTransformer',
    'annotations: {ta: "no"}\nfieldSpecs: [{path: metadata/annotations, create: true}]',
  ],
  ['NamespaceTransformer', 'unsetOnly: true'],
  [
    'PatchTransformer',
    `target: {kind: Secret}\npatch: '[{"op": "add", "path": "/immutable", "value": true}]'`,
  ],
  [
    'PatchStrategicMergeTransformer',
    "patches: '{apiVersion: v1, kind: Secret, metadata: {name: joined}, data: {p: q}}'",
  ],
  ['PatchJson6902Transformer', `target: {name: joined}\njsonOp: '[{"op": "remove", "path": "/data/a"}]'`],
  [
    'ReplacementTransformer',
    'replacements: [{sourceValue: tr, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.tr], options: {create: true}}]}]',
  ],
]

function formatPlugin([kind, body]: (typeof kinds)[number], at: number): string {
  const text = `apiVersion: builtin\nkind: ${kind}\nmetadata: {name: p${at}, namespace: tn}\n${body}`
  return `- |-\n${text.replace(/^/gm, '  ')}\n`
}

const transformers = fc
  .array(fc.constantFrom(...kinds), { maxLength: 2 })
  .map((chosen) => (chosen.length === 0 ? '' : `transformers:\n${chosen.map(formatPlugin).join('')}`))

const generators = fc
  .array(
    fc.constantFrom(
      ['SecretGenerator', 'name: pg\nliterals: [a=b]\nfiles: [f.txt]'] as const,
      ['ConfigMapGenerator', 'name: joined\nnamespace: ""\nbehavior: merge\nliterals: [z=1]'] as const,
      ['SecretGenerator', 'literals: [k=v]\noptions: {disableNameSuffixHash: true}'] as const,
    ),
    { maxLength: 1 },
  )
  .map((chosen) => (chosen.length === 0 ? '' : `generators:\n${chosen.map(formatPlugin).join('')}`))

/** Builtin plugins as the fields of a kustomization, or nothing. */
export const pluginsText: fc.Arbitrary<string> = fc
  .tuple(generators, transformers)
  .map((fields) => fields.join(''))
