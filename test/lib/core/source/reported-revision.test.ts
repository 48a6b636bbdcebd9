import { expect, it } from 'vitest'
import { readReportedRevision } from '../../../../lib/core/source/reported-revision.ts'
import { createApplication, createGitRepository } from '../../../fakes/manifests.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const at = '2026-01-31T08:00:00Z'

it('reads the commit of an artifact, and of a comparison', () => {
  const artifact = { revision: `main@sha1:${commit}`, lastUpdateTime: at }
  expect(readReportedRevision({ ...createGitRepository(), status: { artifact } })).toEqual({ commit, at })
  const status = { sync: { revision: commit }, reconciledAt: at }
  expect(readReportedRevision({ ...createApplication(), status })).toEqual({ commit, at })
})

it.each([
  ['no status', createGitRepository()],
  ['an artifact of no commit', { ...createGitRepository(), status: { artifact: { revision: 'main' } } }],
  ['an Application without a source', createApplication({ source: undefined })],
  ['an Application that nobody has compared', createApplication()],
])('reads nothing from %s', (_, manifest) => {
  expect(readReportedRevision(manifest)).toBeNull()
})
