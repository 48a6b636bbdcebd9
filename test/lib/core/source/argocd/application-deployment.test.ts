import { describe, expect, it } from 'vitest'
import { readDeployed } from '../../../../../lib/core/source/argocd/application-deployment.ts'
import type { FollowedSource } from '../../../../../lib/core/source/argocd/application-status.ts'
import { createApplication } from '../../../../fakes/manifests.ts'

const [one, two] = ['1'.repeat(40), '2'.repeat(40)]
const written = { repoURL: 'https://git.test/o/r', path: 'web' }
const source = { ...written, targetRevision: 'main', tagPrefix: '' }
const read = (status: unknown, index: FollowedSource['index'] = null) =>
  readDeployed({ ...createApplication(), status }, { source, index }, { name: 'main' })
const operation = (more: object) => ({
  operationState: {
    phase: 'Succeeded',
    operation: { sync: { prune: true } },
    syncResult: { revision: one, source: written },
    ...more,
  },
})

describe('readDeployed', () => {
  it.each<[string, unknown, string]>([
    [
      'the last entry of the history',
      {
        history: [
          { revision: one, source: written },
          { revision: two, source: { ...written, targetRevision: 'x' } },
        ],
      },
      two,
    ],
    [
      'the history, whatever runs or has failed since',
      { history: [{ revision: two, source: written }], ...operation({ phase: 'Failed' }) },
      two,
    ],
    ['the last operation without a history', operation({}), one],
  ])('is %s', (_, status, commit) => {
    expect(read(status)).toEqual({ ref: 'main', commit })
  })

  it('is that of the source that is followed of several', () => {
    const sources = [{ repoURL: 'https://git.test/values' }, written]
    expect(read({ history: [{ revisions: [one, two], sources }] }, 1)).toEqual({ ref: 'main', commit: two })
  })

  it('is called HEAD without a revision, and a whole commit nothing', () => {
    const status = { history: [{ revision: two, source: written }] }
    const label = (targetRevision: string, ref: Parameters<typeof readDeployed>[2]) =>
      readDeployed(
        { ...createApplication(), status },
        { source: { ...source, targetRevision }, index: null },
        ref,
      ).ref
    expect(label('', { head: true })).toBe('HEAD')
    expect(label(two, { commit: two })).toBe('')
  })

  it.each<[string, unknown]>([
    ['no status', undefined],
    ['what cannot be read', { history: {} }],
    ['a running operation', operation({ phase: 'Running' })],
    ['a dry run', operation({ operation: { sync: { dryRun: true } } })],
    ['a deployment of some objects', operation({ operation: { sync: { resources: [{ kind: 'Secret' }] } } })],
    [
      'a deployment of another directory',
      { history: [{ revision: one, source: { ...written, path: 'db' } }] },
    ],
    [
      'a deployment of another repository',
      { history: [{ revision: one, source: { ...written, repoURL: 'x' } }] },
    ],
    ['the version of a chart', { history: [{ revision: '1.2.3', source: written }] }],
  ])('is not there with %s', (_, status) => {
    expect(() => read(status)).toThrow(
      expect.objectContaining({
        code: 'SourceNotReady',
        data: expect.objectContaining({ reason: 'NotDeployed' }),
      }),
    )
  })

  it('is refused for a hydrator, which deploys what it has rendered', () => {
    expect(() => read({}, 'dry')).toThrow(
      expect.objectContaining({
        code: 'SourceUnsupported',
        data: expect.objectContaining({ path: 'spec.sourceHydrator' }),
      }),
    )
  })
})
