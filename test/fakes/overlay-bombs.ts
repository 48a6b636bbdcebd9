import type { Overlay } from './overlay.ts'

type Files = Overlay['files']

const mebibyte = 1024 * 1024

const secrets = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `{apiVersion: v1, kind: Secret, metadata: {name: s${at}}, data: {}}`,
  ).join('\n---\n')

/** Secrets and what is done to each of them. */
const withSecrets = (count: number, kustomization: string, files: Files = {}): Overlay => ({
  files: {
    'kustomization.yaml': `resources: [s.yaml]\n${kustomization}`,
    's.yaml': secrets(count),
    ...files,
  },
})

const repeat = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('')

/** Nine levels of aliases to the level below: 10^9 nodes in 600 bytes. */
const aliases = repeat(9, (at) => `l${at}: &l${at} [${`*l${at - 1},`.repeat(at === 0 ? 0 : 10)}x]\n`)
const smallerAliases = repeat(5, (at) => `l${at}: &l${at} [${`*l${at - 1},`.repeat(at === 0 ? 0 : 10)}x]\n`)
const head = (name: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`

const patched = 'patches: [{path: p.yaml, target: {kind: Secret}}]\n'

/** Two layers on each level, each with both of the level below: 2^20 bases. */
function createLadder(): Overlay {
  const files: Record<string, string> = {
    'kustomization.yaml': 'resources: [l20]',
    'l0/kustomization.yaml': 'configMapGenerator: [{name: c}]',
  }
  for (let level = 1; level <= 20; level += 1) {
    files[`l${level}/kustomization.yaml`] = `resources: [../a${level}, ../b${level}]`
    for (const side of ['a', 'b']) {
      files[`${side}${level}/kustomization.yaml`] =
        `resources: [../l${level - 1}]\nnamePrefix: ${side}${level}-`
    }
  }
  return { files }
}

/** Overlays of a few megabytes at most that would take kustomize gigabytes or minutes. */
export const overlayBombs: Readonly<Record<string, () => Overlay>> = {
  'a ladder of diamonds': createLadder,
  aliases: () => ({
    files: { 'kustomization.yaml': 'resources: [s.yaml]', 's.yaml': `${head('s')}${aliases}` },
  }),
  'aliases in many documents': () => ({
    files: {
      'kustomization.yaml': 'resources: [s.yaml]',
      's.yaml': repeat(2_000, (at) => `${head(`s${at}`)}${smallerAliases}---\n`),
    },
  }),
  'aliases of a long text': () => ({
    files: {
      'kustomization.yaml': 'resources: [s.yaml]',
      's.yaml': `${head('s')}a: &a ${'x'.repeat(mebibyte)}\nb: [${'*a,'.repeat(100_000)}]\n`,
    },
  }),
  'aliases in a kustomization': () => ({
    files: { 'kustomization.yaml': `x: &x {a: b}\nresources: [${'{<<: [*x]},'.repeat(500_000)}]` },
  }),
  'a JSON patch that copies a map into itself': () =>
    withSecrets(1, patched, {
      'p.yaml': repeat(100, (at) => `- {op: copy, from: /data, path: /data/k${at}}\n`),
    }),
  'a JSON patch that adds much to many': () =>
    withSecrets(10_000, patched, { 'p.yaml': `- {op: add, path: /data/k, value: ${'x'.repeat(mebibyte)}}` }),
  'a merge patch that adds much to many': () =>
    withSecrets(10_000, patched, { 'p.yaml': `${head('x')}data: {k: ${'x'.repeat(mebibyte)}}\n` }),
  'a merge patch of many keys for many': () =>
    withSecrets(10_000, patched, {
      'p.yaml': `${head('x')}data:\n${repeat(50_000, (at) => ` k${at}: x\n`)}`,
    }),
  'replacements that copy a map into itself': () =>
    withSecrets(
      1,
      `replacements:\n${repeat(
        100,
        (at) =>
          `- {source: {kind: Secret, fieldPath: metadata}, targets: [{select: {kind: Secret}, fieldPaths: [metadata.k${at}], options: {create: true}}]}\n`,
      )}`,
    ),
  'a replacement that doubles itself': () => {
    const field = '{kind: Secret, name: s0, fieldPath: metadata.annotations.a}'
    const target =
      "{select: {name: s0}, fieldPaths: [metadata.annotations.a], options: {delimiter: '-', index: 9999}}"
    const entry = `- {source: ${field}, targets: [${target}]}\n`
    return withSecrets(1, `commonAnnotations: {a: ab}\nreplacements:\n${entry.repeat(60)}`)
  },
  'a long replacement for many': () =>
    withSecrets(
      10_000,
      `replacements: [{sourceValue: ${'x'.repeat(mebibyte)}, targets: [{select: {}, fieldPaths: [data.a], options: {create: true}}]}]`,
    ),
  'replacements without number': () =>
    withSecrets(
      10_000,
      `replacements: [{sourceValue: x, targets: [${'{select: {name: x}},'.repeat(20_000)}]}]`,
    ),
  'operations nested into each other': () =>
    withSecrets(1, patched, {
      'p.yaml': repeat(1_000, (at) => `- {op: add, path: /data${'/a'.repeat(at)}, value: {}}\n`),
    }),
  'lists nested in JSON': () =>
    withSecrets(1, patched, {
      'p.yaml': `[{"op":"add","path":"/data/a","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`,
    }),
  'a label in a nested field': () =>
    withSecrets(1, `labels: [{pairs: {a: b}, fields: [{path: x${'/a'.repeat(200_000)}, create: true}]}]`),
  'expressions without number': () =>
    withSecrets(
      1,
      `patches:\n${repeat(2_000, (at) => `- {target: {name: '(a{500})x${at}'}, patch: '[{"op":"test","path":"/kind"}]'}\n`)}`,
    ),
  'lines without number': () => ({
    files: {
      'kustomization.yaml': 'secretGenerator: [{name: s, envs: [f]}]',
      f: repeat(600_000, (at) => `k${at}=\n`),
    },
  }),
  'variables that expand each other': () => ({
    files: {
      'kustomization.yaml': 'generators: [g.yaml]',
      'g.yaml':
        'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: g}\nsecretFrom: [{metadata: {name: s}, envs: [f]}]\n',
      f: `A0=x\n${repeat(40, (at) => `A${at + 1}=$A${at}$A${at}\n`)}`,
    },
    encrypted: ['f'],
  }),
  'a long label on many': () => withSecrets(10_000, `labels: [{pairs: {a: ${'x'.repeat(mebibyte)}}}]`),
  'a long annotation on many': () => withSecrets(10_000, `commonAnnotations: {a: ${'x'.repeat(mebibyte)}}`),
  'a long prefix on many': () => withSecrets(10_000, `namePrefix: ${'x'.repeat(mebibyte)}`),
  'a long namespace on many': () => withSecrets(10_000, `namespace: ${'x'.repeat(mebibyte)}`),
  'many patches for many': () =>
    withSecrets(
      10_000,
      `patches:\n${repeat(20_000, (at) => `- {target: {name: x${at}}, patch: '[{"op":"test","path":"/kind"}]'}\n`)}`,
    ),
  'a file in many generators': () => ({
    files: {
      'kustomization.yaml': `secretGenerator:\n${repeat(10_000, (at) => `- {name: s${at}, files: [f]}\n`)}`,
      f: 'x'.repeat(mebibyte),
    },
  }),
  'documents without number': () => ({
    files: { 'kustomization.yaml': 'resources: [s.yaml]', 's.yaml': '{}\n---\n'.repeat(700_000) },
  }),
  'keys without number': () => ({
    files: {
      'kustomization.yaml': 'resources: [s.yaml]',
      's.yaml': `${head('s')}data:\n${repeat(400_000, (at) => ` k${at}:\n`)}`,
    },
  }),
  'entries without number': () => ({
    files: {
      'kustomization.yaml': 'resources: [s.yaml]',
      's.yaml': `${head('s')}a:\n${'-\n'.repeat(2_000_000)}`,
    },
  }),
}
