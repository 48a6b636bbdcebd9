import { expect, it } from 'vitest'
import { chooseSource } from '../../../../lib/core/source/choose-source.ts'

const base = { targetRevision: '', chart: '', ref: '', name: '', tagPrefix: '' }
const source = (path: string) => ({ ...base, repoURL: 'https://git.test/o/r', path })

it('says where the chosen source stands', () => {
  const sources = [source('a'), source('b')]
  expect(chooseSource({ source: source('a'), sources: [] }, { source: 'other' })).toMatchObject({
    index: null,
  })
  expect(chooseSource({ source: source('c'), sources }, { path: 'b' })).toMatchObject({
    index: 1,
    path: 'spec.sources[1]',
  })
  const sourceHydrator = { drySource: source('d') }
  expect(chooseSource({ sourceHydrator, sources }, { path: 'b' })).toMatchObject({ index: 'dry' })
})
