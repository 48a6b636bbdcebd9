import { expect, it } from 'vitest'
import { catchError } from '../../../../fakes/errors.ts'
import { printOne } from '../../../../fakes/overlay.ts'

it.each([
  ['helmCharts', '[{name: x}]'],
  ['helmChartInflationGenerator', '[{chartName: x}]'],
  ['validators', '[v.yaml]'],
])('refuses %s by name', (field, value) => {
  const files = { 'kustomization.yaml': `${field}: ${value}\nresources: []` }
  expect(catchError(() => printOne(files))).toMatchObject({
    code: 'KustomizeFieldUnsupported',
    data: { file: 'kustomization.yaml', field: field.startsWith('helm') ? 'helmCharts' : field },
  })
})

it('accepts them where they are empty', () => {
  expect(
    catchError(() => printOne({ 'kustomization.yaml': 'helmCharts: []\nvalidators: []\nresources: []' })),
  ).toBeNull()
})
