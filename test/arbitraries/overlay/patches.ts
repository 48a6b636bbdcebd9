import fc from 'fast-check'
import { formatManifest, type ManifestParts, manifestParts } from './manifests.ts'
import { flowScalar } from './values.ts'

/** An entry of a field of patches; `file` holds the patch where it is not written in the entry. */
export interface PatchText {
  readonly field: 'patches' | 'patchesJson6902' | 'patchesStrategicMerge'
  readonly patch: string
  readonly target: string
  readonly options: string
}

/** What only a patch may say of a map. */
const directive = fc.constantFrom(
  ...[
    '',
    '',
    '',
    '',
    '',
    'data: {a: null}\n',
    'stringData: {b: null}\n',
    'data: null\n',
    'data: {$patch: replace, z: w}\n',
  ],
  ...[
    'data: {$patch: delete}\n',
    '$patch: delete\n',
    'metadata: {name: s, labels: {l: null}}\n',
    'stringData: {$patch: merge, y: "1"}\n',
  ],
  ...[
    'metadata: {name: s, annotations: {v: null, m: 5}}\n',
    'metadata: {name: s, labels: null}\n',
    'stringData: {}\n',
  ],
)

/** Patches of another namespace find nothing. */
const parts = manifestParts.map((manifest) => ({
  ...manifest,
  metadata: manifest.metadata.filter(([name]) => name !== 'namespace'),
}))
const merge = fc.tuple(parts, directive).map(([parts, extra]) => formatPatch(parts, extra))

/** A directive stands in the place of the field that it is about. */
function formatPatch(parts: ManifestParts, extra: string): string {
  const field = extra.split(':')[0] ?? ''
  const fields = parts.fields.filter(([name]) => name !== field)
  if (field !== 'metadata') return formatManifest({ ...parts, fields }) + extra
  return `apiVersion: v1\nkind: ${parts.kind}\n${extra}`
}

/** Both `m` and `joined` have `a` and `b`, unless another layer has changed that. */
const present = fc.constantFrom('/data/a', '/data/b', '/data/a', '/data/b', '/data/c')
const pointer = fc.constantFrom(
  ...[
    '/data/a',
    '/data/b',
    '/data/cfg',
    '/data/q',
    '/data/K_1',
    '/data/a~1b~0c',
    '/type',
    '/data/app.env',
    '/data/é',
  ],
  ...['/metadata/labels/l', '/metadata/annotations/v', '/stringData', '/immutable'],
)
const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('add', 'replace', 'add', 'replace', 'add', 'replace', 'test'),
        pointer,
        flowScalar,
      )
      .map(([op, path, value]) => `- {op: ${op}, path: ${path}, value: ${value}}\n`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('move', 'copy', 'copy'), present, pointer)
      .map(([op, from, path]) => `- {op: ${op}, from: ${from}, path: ${path}}\n`),
  },
  { weight: 1, arbitrary: present.map((path) => `- {op: remove, path: ${path}}\n`) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '- {op: add, path: /data, value: {z: w, a: MQ==}}\n',
      '- {op: add, path: /stringData, value: {i: 5, t: true, d: 2001-01-01, f: 1.50, w: yes}}\n',
      '- {op: add, path: /metadata/labels, value: {j: "1", l: x}}\n',
      '- {op: replace, path: /metadata/name, value: renamed}\n',
      '- {op: add, path: /data, value: {}}\n- {op: copy, from: /metadata/name, path: /data/name}\n',
      '- {op: add, path: /metadata/namespace, value: own}\n',
      '- {op: replace, path: /kind, value: ConfigMap}\n',
    ),
  },
)
const operations = fc.array(operation, { minLength: 1, maxLength: 3 }).map((list) => list.join(''))

const exactTarget = fc.constantFrom(
  'name: joined',
  'name: joined, kind: Secret',
  'kind: Secret, name: m',
  'name: m',
)
const anyTarget = fc.constantFrom(
  ...[
    'kind: Secret',
    'kind: ConfigMap',
    'name: s',
    'name: a.*|t',
    'kind: Secret, name: s',
    'labelSelector: l=x',
  ],
  ...[
    'annotationSelector: "v"',
    'namespace: default',
    'version: v1',
    'name: joined',
    'kind: Secret, name: m',
    'group: apps',
  ],
  ...[
    'labelSelector: "l in (x, y), !z"',
    'labelSelector: "l!=x"',
    'name: "[st]"',
    'name: p-.*',
    'name: g[0-9]+',
    'namespace: nsx',
  ],
  ...[
    'kind: "(?i)secret"',
    'name: .',
    'kind: S',
    'labelSelector: "g"',
    'name: m, namespace: own',
    'kind: .*Map',
  ],
)
const target = fc.oneof({ weight: 2, arbitrary: exactTarget }, { weight: 3, arbitrary: anyTarget })
const jsonTarget = fc.oneof({ weight: 6, arbitrary: exactTarget }, { weight: 1, arbitrary: anyTarget })
const options = fc.constantFrom(
  ...Array<string>(12).fill(''),
  ...['allowNameChange: true', 'allowKindChange: true', 'allowNameChange: true, allowKindChange: true'],
)

const rename = (patch: string, name: string) => patch.replace(/name: [^,}\n]*/, `name: ${name}`)

const named = fc.constantFrom(...Array<string>(20).fill('joined'), ...Array<string>(20).fill('m'), 'p-m')

export const patchText: fc.Arbitrary<PatchText> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(merge, named, options).map(([patch, name, allowed]) => ({
      field: 'patches' as const,
      patch: rename(patch, name),
      target: '',
      options: allowed,
    })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(merge, target, options).map(([patch, to, allowed]) => ({
      field: 'patches' as const,
      patch,
      target: to,
      options: allowed,
    })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(operations, jsonTarget).map(([patch, to]) => ({
      field: 'patches' as const,
      patch,
      target: to,
      options: '',
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(merge, named).map(([patch, name]) => ({
      field: 'patchesStrategicMerge' as const,
      patch: rename(patch, name),
      target: '',
      options: '',
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(operations, fc.constantFrom('joined', 'm'), fc.constantFrom('Secret', 'ConfigMap'))
      .map(([patch, name, kind]) => ({
        field: 'patchesJson6902' as const,
        patch,
        target: `version: v1, kind: ${kind}, name: ${name}`,
        options: '',
      })),
  },
)

export function formatPatchEntry({ field, patch, target, options }: PatchText, path: string | null): string {
  const text = path ?? `|-\n${patch.replace(/^(?=.)/gm, '    ').trimEnd()}`
  if (field === 'patchesStrategicMerge') return `- ${text}\n`
  const rest = [
    ...(target ? [`  target: {${target}}\n`] : []),
    ...(options ? [`  options: {${options}}\n`] : []),
  ]
  return `- ${path === null ? 'patch' : 'path'}: ${text}\n${rest.join('')}`
}
