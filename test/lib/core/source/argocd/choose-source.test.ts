import { expect, it } from 'vitest'
import { chooseSources } from '../../../../../lib/core/source/argocd/choose-source.ts'

const base = { targetRevision: '', chart: '', ref: '', name: '', tagPrefix: '' }
const source = (path: string) => ({ ...base, repoURL: 'https://git.test/o/r', path })

it('says where the chosen source stands', () => {
  const sources = [source('a'), source('b')]
  expect(chooseSources({ source: source('a'), sources: [] }, { source: 'other' })).toMatchObject([
    { index: null },
  ])
  expect(chooseSources({ source: source('c'), sources }, { path: 'b' })).toMatchObject([
    { index: 1, path: 'spec.sources[1]' },
  ])
  expect(
    chooseSources({ sources: [{ ...source(''), ref: 'values' }, ...sources] }, { source: '*' }),
  ).toMatchObject([{ index: 1 }, { index: 2 }])
  const sourceHydrator = { drySource: source('d') }
  expect(chooseSources({ sourceHydrator, sources }, { path: 'b' })).toMatchObject([{ index: 'dry' }])
})
