import { expect, it } from 'vitest'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { printAll, printOne } from '../../../../fakes/overlay.ts'

it.each([
  ['helmCharts', '[{name: x}]'],
  ['helmChartInflationGenerator', '[{chartName: x}]'],
  ['validators', '[v.yaml]'],
])('refuses %s by name', (field, value) => {
  const files = { 'kustomization.yaml': `${field}: ${value}\nresources: []` }
  expect(catchError(() => printOne(files))).toMatchObject({
    code: 'KustomizeFieldUnsupported',
    data: {
      file: 'kustomization.yaml',
      field: field.startsWith('helm') ? 'helmCharts' : field,
      reason: expect.any(String),
    },
  })
})

it('accepts them where they are empty', () => {
  expect(
    catchError(() => printOne({ 'kustomization.yaml': 'helmCharts: []\nvalidators: []\nresources: []' })),
  ).toBeNull()
})

it.each([
  ['{}', 'KustomizationInvalid'],
  ['{order: random}', 'KustomizationInvalid'],
  ['{order: fifo, legacySortOptions: {orderFirst: [Secret]}}', 'KustomizationInvalid'],
  ['{order: fifo}', null],
  ['{order: legacy, legacySortOptions: {orderFirst: [Secret]}}', null],
])('judges sortOptions %s of the top alone', (options, code) => {
  expect(codeOf(() => printOne({ 'kustomization.yaml': `sortOptions: ${options}\nresources: []` }))).toBe(
    code,
  )
  const files = {
    'top/kustomization.yaml': 'resources: [../base]',
    'base/kustomization.yaml': `sortOptions: ${options}\nresources: []`,
  }
  expect(codeOf(() => printAll({ files }, 'top'))).toBeNull()
})
