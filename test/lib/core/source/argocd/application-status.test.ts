import { describe, expect, it } from 'vitest'
import {
  assertApplicationReady,
  readComparison,
} from '../../../../../lib/core/source/argocd/application-status.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { createApplication } from '../../../../fakes/manifests.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const source = { repoURL: 'https://git.test/o/r', targetRevision: 'main', path: '.', tagPrefix: '' }
const written = { repoURL: source.repoURL, targetRevision: 'main', path: '.' }
const sync = { status: 'Synced', revision: commit, comparedTo: { source: written } }
const live = (status: unknown) => ({ ...createApplication(), status })
const judge = (status: unknown, index: number | 'dry' | null = null) =>
  catchError(() => assertApplicationReady(live(status), { source, index }))

describe('an Application of a cluster', () => {
  it.each(['Synced', 'OutOfSync'])('is ready when it is %s', (status) => {
    expect(judge({ sync: { ...sync, status } })).toBeNull()
  })

  it.each([
    ['no status', undefined, 'RevisionMissing'],
    ['no revision', { sync: { ...sync, revision: '' } }, 'RevisionMissing'],
    ['a revision that is no commit', { sync: { ...sync, revision: '1.2.3' } }, 'RevisionMissing'],
    ['an unknown state', { sync: { ...sync, status: 'Unknown' } }, 'SyncUnknown'],
    ['nothing compared', { sync: { ...sync, comparedTo: undefined } }, 'SpecNotCompared'],
    [
      'another spec compared',
      { sync: { ...sync, comparedTo: { source: { ...written, path: 'other' } } } },
      'SpecNotCompared',
    ],
    [
      'an error',
      { sync, conditions: [{ type: 'ComparisonError', message: 'failed to list refs' }] },
      'ComparisonError',
    ],
    [
      'an invalid spec',
      { sync, conditions: [{ type: 'InvalidSpecError', message: '' }] },
      'InvalidSpecError',
    ],
  ])('is not ready with %s', (_, status, reason) => {
    expect(judge(status)).toMatchObject({ code: 'SourceNotReady', data: { reason } })
  })

  it('does not mind warnings and failed deployments', () => {
    const conditions = [{ type: 'RepeatedResourceWarning' }, { type: 'SyncError', message: 'denied' }]
    expect(judge({ sync, conditions })).toBeNull()
  })

  it('is judged by the source that is followed of several', () => {
    const sources = [{ repoURL: 'https://git.test/values', ref: 'values' }, written]
    const several = { status: 'Synced', revisions: ['', commit], comparedTo: { sources } }
    expect(judge({ sync: several }, 1)).toBeNull()
    expect(judge({ sync: several }, 0)).toMatchObject({ data: { reason: 'RevisionMissing' } })
  })

  it('is judged by the dry commit where a hydrator renders it', () => {
    expect(judge({ sourceHydrator: { currentOperation: { drySHA: commit } } }, 'dry')).toBeNull()
    expect(judge({ sourceHydrator: { lastSuccessfulOperation: { drySHA: commit } } }, 'dry')).toBeNull()
    expect(judge({ sync }, 'dry')).toMatchObject({ data: { reason: 'RevisionMissing' } })
  })
})

describe('readComparison', () => {
  it('tells what was compared last, and when', () => {
    const status = { sync, reconciledAt: '2026-01-31T08:00:00Z' }
    expect(readComparison(live(status), null)).toEqual({ commit, at: '2026-01-31T08:00:00Z' })
    expect(readComparison(live({ sync: { ...sync, revision: 'v1' } }), null)).toBeNull()
    expect(readComparison(live({ sync: [] }), null)).toBeNull()
  })
})
