import { describe, expect, it } from 'vitest'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { printOne } from '../../../../fakes/overlay.ts'

const s = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n'
const build = (text: string, files = {}) =>
  printOne({ 'kustomization.yaml': `resources: [s.yaml]\n${text}`, 's.yaml': s, ...files })

describe('configureTransformers', () => {
  it('keeps the order of kustomize, whatever the order of fields', () => {
    const text = [
      'patchesJson6902: [{target: {name: p-s}, patch: \'[{"op":"test","path":"/metadata/labels/l","value":"x"}]\'}]',
      'commonLabels: {l: x}',
      'namePrefix: p-',
      'patches: [{patch: "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: b}}"}]',
    ].join('\n')
    expect(build(text)).toMatchObject({
      metadata: { name: 'p-s', labels: { l: 'x' } },
      stringData: { a: 'b' },
    })
  })

  it.each([
    ['patches: [{}]', 'KustomizationInvalid'],
    ['patches: [{patch: "x", path: p.yaml}]', 'KustomizationInvalid'],
    ['patches: [{patch: "[{\\"op\\":\\"remove\\",\\"path\\":\\"/x\\"}]"}]', 'KustomizationInvalid'],
    ['patches: [{patch: "x"}]', 'KustomizePatchFailed'],
    ['patches: [{path: none.yaml}]', 'KustomizeReferenceMissing'],
    ['patchesJson6902: [{target: {kind: Secret}, patch: "[]"}]', 'KustomizationInvalid'],
    ['patchesJson6902: [{target: {name: s}, patch: "[]"}]', 'KustomizePatchFailed'],
    ['patchesStrategicMerge: ["# nothing"]', 'KustomizePatchFailed'],
    ['patchesStrategicMerge: [none.yaml]', 'KustomizeReferenceMissing'],
    ['commonAnnotations: {internal.config.kubernetes.io/x: y}', 'KustomizationInvalid'],
    [
      'patches: [{target: {name: "("}, patch: "[{\\"op\\":\\"remove\\",\\"path\\":\\"/x\\"}]"}]',
      'PatternInvalid',
    ],
  ])('refuses %s', (text, code) => {
    expect(codeOf(() => build(text))).toBe(code)
  })

  it('takes an empty patch file for none', () => {
    expect(codeOf(() => build('patches: [{path: p.yaml}]', { 'p.yaml': '# nothing\n' }))).toBeNull()
  })

  it('never quotes the text of a patch', () => {
    const error = catchError(() => build('patches: [{patch: "hunter2: [unclosed"}]'))
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })
})
