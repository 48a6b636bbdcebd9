import { expect, it } from 'vitest'
import { codeOf } from '../../../../fakes/errors.ts'
import { buildAll, printAll } from '../../../../fakes/overlay.ts'

const files = {
  's.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: v}\n',
  'one.yaml': 'sourceValue: "1"\ntargets: [{select: {kind: Secret}, fieldPaths: [stringData.k]}]\n',
  'many.yaml': '- {sourceValue: a, targets: [], extra: 1}\n- {sourceValue: b, targets: []}\n',
  'empty.yaml': '# nothing\n',
  'word.yaml': 'word\n',
  'wrong.yaml': 'sourceValue: 1\ntargets: []\n',
}
const withReplacements = (entries: string) => ({
  files: { ...files, 'kustomization.yaml': `resources: [s.yaml]\nreplacements: ${entries}\n` },
})

it('reads one replacement or a list of them', () => {
  expect(printAll(withReplacements('[{path: one.yaml}, {path: many.yaml}]'))).toMatchObject([
    { stringData: { k: '1' } },
  ])
})

it('is among what a build reads', () => {
  expect(buildAll(withReplacements('[{path: one.yaml}]')).reads).toContain('one.yaml')
})

it.each([
  ['[{path: one.yaml, source: {kind: Secret}}]', 'KustomizationInvalid'],
  ['[{path: one.yaml, targets: [{select: {kind: Secret}}]}]', 'KustomizationInvalid'],
  ['[{path: empty.yaml}]', 'KustomizationInvalid'],
  ['[{path: word.yaml}]', 'KustomizationInvalid'],
  ['[{path: wrong.yaml}]', 'KustomizationInvalid'],
  ['[{path: none.yaml}]', 'KustomizeReferenceMissing'],
  ['[{path: ../out.yaml}]', 'PathOutsideRepository'],
  ['[{extra: 1}]', 'KustomizationInvalid'],
])('refuses %s', (entries, code) => {
  expect(codeOf(() => printAll(withReplacements(entries)))).toBe(code)
})
