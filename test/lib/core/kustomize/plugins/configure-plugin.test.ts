import { describe, expect, it } from 'vitest'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { buildAll, type Overlay, printAll } from '../../../../fakes/overlay.ts'

const files = {
  's.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: v}\n',
  'sub/patch.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: w}\n',
  'empty.yaml': '# nothing\n',
}
const create = (kind: string, body: string, apiVersion = 'builtin'): Overlay['files'] => ({
  ...files,
  'kustomization.yaml': 'resources: [s.yaml]\ntransformers: [sub/p.yaml]\n',
  'sub/p.yaml': `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: p}\n${body}\n`,
})

describe('configurePlugin', () => {
  it('takes paths from the kustomization that lists it', () => {
    expect(printAll({ files: create('PatchTransformer', 'path: sub/patch.yaml') })).toMatchObject([
      { stringData: { k: 'w' } },
    ])
    expect(buildAll({ files: create('PatchTransformer', 'path: sub/patch.yaml') }).reads).toContain(
      'sub/patch.yaml',
    )
  })

  it.each([
    ['PatchTransformer', '', 'KustomizationInvalid'],
    ['PatchTransformer', 'path: patch.yaml', 'KustomizeReferenceMissing'],
    ['PatchTransformer', 'path: ../patch.yaml', 'PathOutsideRepository'],
    ['PatchTransformer', 'path: sub/patch.yaml\npatch: x', 'KustomizationInvalid'],
    ['PatchTransformer', 'patch: "[{\\"op\\":\\"remove\\",\\"path\\":\\"/x\\"}]"', 'KustomizationInvalid'],
    ['PatchStrategicMergeTransformer', '', 'KustomizationInvalid'],
    ['PatchStrategicMergeTransformer', 'patches: "# none"', 'KustomizationInvalid'],
    ['PatchStrategicMergeTransformer', 'paths: [empty.yaml]', 'KustomizePatchFailed'],
    ['PatchStrategicMergeTransformer', 'paths: empty.yaml', 'KustomizationInvalid'],
    ['PatchJson6902Transformer', 'target: {name: s}', 'KustomizationInvalid'],
    ['PatchJson6902Transformer', 'target: {kind: Secret}\njsonOp: "[]"', 'KustomizationInvalid'],
    ['PatchJson6902Transformer', 'target: {name: s}\njsonOp: "[]"', 'KustomizePatchFailed'],
    ['NamespaceTransformer', 'setRoleBindingSubjects: some', 'KustomizationInvalid'],
    ['NamespaceTransformer', 'unsetOnly: "true"', 'KustomizationInvalid'],
    ['PrefixTransformer', 'prefix: p-', 'KustomizationInvalid'],
    ['PrefixTransformer', 'Prefix: p-\nfieldSpecs: []', 'KustomizationInvalid'],
    ['SuffixTransformer', 'suffix: -s', 'KustomizationInvalid'],
    ['PrefixSuffixTransformer', 'prefix: p-', 'KustomizationInvalid'],
    ['LabelTransformer', 'labels: [a]', 'KustomizationInvalid'],
    ['AnnotationsTransformer', 'annotations: {internal.config.kubernetes.io/x: y}', 'KustomizationInvalid'],
    ['ReplacementTransformer', 'replacements: [{path: none.yaml}]', 'KustomizeReferenceMissing'],
    ['ReplacementTransformer', 'replacements: [{}]', 'KustomizeReplacementFailed'],
    ['ImageTagTransformer', 'fieldSpecs: [{path: stringData/k}]', 'KustomizeFieldUnsupported'],
    ['ReplicaCountTransformer', 'fieldSpecs: [{path: data/k, kind: Secret}]', 'KustomizeFieldUnsupported'],
  ])('refuses %s with %j', (kind, body, code) => {
    expect(codeOf(() => printAll({ files: create(kind, body) }))).toBe(code)
  })

  it.each([
    ['builtin', 'HashTransformer'],
    ['builtin', 'ValueAddTransformer'],
    ['builtin', 'IAMPolicyGenerator'],
    ['builtin', 'SortOrderTransformer'],
    ['builtin', 'SecretGenerator'],
    ['builtin', 'HelmChartInflationGenerator'],
    ['v1', 'PrefixTransformer'],
    ['someteam.example.com/v1', 'Program'],
  ])('refuses %s %s by name', (apiVersion, kind) => {
    expect(catchError(() => printAll({ files: create(kind, '', apiVersion) }))).toMatchObject({
      code: 'KustomizeFieldUnsupported',
      data: {
        file: 'sub/p.yaml',
        field: 'transformers',
        plugin: expect.stringMatching(`^${kind}`),
        reason: expect.any(String),
      },
    })
  })

  it('refuses functions, container or program, by name', () => {
    const overlay = create('Fn', '', 'example.com/v1')
    const annotated = String(overlay['sub/p.yaml']).replace(
      'name: p}',
      'name: p, annotations: {config.kubernetes.io/function: "container: {image: x}"}}',
    )
    const error = catchError(() => printAll({ files: { ...overlay, 'sub/p.yaml': annotated } }))
    expect(error?.data).toMatchObject({ reason: 'function that would run a program' })
  })

  it('taints what the encrypted file of a plugin brings along', () => {
    const body =
      'replacements: [{sourceValue: hunter2, targets: [{select: {}, fieldPaths: [metadata.annotations.a], options: {create: true}}]}]'
    const overlay = { files: create('ReplacementTransformer', body), encrypted: ['sub/p.yaml'] }
    expect(buildAll(overlay).objects[0]?.taintedFields).toEqual(['metadata.annotations'])
  })
})
