import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../../../../lib/core/config/manifest.ts'
import { parseGitRepository } from '../../../../../lib/core/source/flux/git-repository.ts'
import {
  readArtifact,
  readArtifactRevision,
} from '../../../../../lib/core/source/flux/git-repository-status.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { createGitRepository } from '../../../../fakes/manifests.ts'

const cluster = { name: 'prod', argocdNamespace: 'argocd' }
const commit = '0123456789abcdef0123456789abcdef01234567'
const artifact = { revision: `main@sha1:${commit}`, lastUpdateTime: '2026-01-31T08:00:00Z' }
const condition = (type: string, status: string, reason = 'Succeeded', message = '') => ({
  type,
  status,
  reason,
  message,
})
const ready = condition('Ready', 'True')
const live = (status: unknown, spec: Readonly<Record<string, unknown>> = {}): Manifest => {
  const manifest = createGitRepository({ ref: { branch: 'main' }, ...spec })
  return { ...manifest, metadata: { ...manifest.metadata, generation: 2 }, status }
}
const status = (changes: Readonly<Record<string, unknown>> = {}) => ({
  observedGeneration: 2,
  artifact,
  conditions: [ready],
  ...changes,
})

describe('a GitRepository of a cluster', () => {
  it('is followed by its ref while it is ready', () => {
    const source = parseGitRepository(live(status(), { secretRef: { name: 'creds' } }), cluster)
    expect(source.ref).toEqual({ branch: 'main' })
    expect(source).not.toHaveProperty('pinned')
    expect(source.credentials).toEqual({ cluster: 'prod', namespace: 'flux-system', name: 'creds' })
  })

  it.each([
    ['nothing yet', undefined],
    ['the default of the CRD', { observedGeneration: -1 }],
    ['no artifact', { observedGeneration: 2, conditions: [condition('Ready', 'Unknown', 'Progressing')] }],
    ['null', null],
  ])('has no artifact with %s', (_, found) => {
    expect(catchError(() => parseGitRepository(live(found), cluster))).toEqual({
      code: 'ArtifactNotAvailable',
      data: { namespace: 'flux-system', name: 'repo' },
    })
  })

  it('tells why there is no artifact where Flux knows', () => {
    const failed = condition('FetchFailed', 'True', 'AuthenticationFailed', 'authentication required')
    const found = { observedGeneration: 2, conditions: [condition('Ready', 'False'), failed] }
    expect(catchError(() => parseGitRepository(live(found), cluster))?.data).toMatchObject({
      reason: 'AuthenticationFailed',
      message: 'authentication required',
    })
  })

  it.each([
    [
      'a failed fetch',
      { conditions: [condition('Ready', 'False', 'GitOperationFailed')] },
      'GitOperationFailed',
    ],
    ['no condition', { conditions: [] }, 'Unknown'],
    ['an unknown state', { conditions: [condition('Ready', 'Unknown', 'Dependency')] }, 'Dependency'],
    [
      'a stalled object',
      { conditions: [condition('Ready', 'False'), condition('Stalled', 'True', 'URLInvalid')] },
      'URLInvalid',
    ],
    ['a changed spec', { observedGeneration: 1 }, 'GenerationNotObserved'],
  ])('is not ready with %s', (_, changes, reason) => {
    expect(catchError(() => parseGitRepository(live(status(changes)), cluster))).toMatchObject({
      code: 'SourceNotReady',
      data: { reason },
    })
  })

  it('goes on while Flux is busy with the next artifact', () => {
    const conditions = [
      condition('Reconciling', 'True', 'Progressing'),
      condition('Ready', 'Unknown', 'Progressing'),
    ]
    expect(parseGitRepository(live(status({ conditions })), cluster).ref).toEqual({ branch: 'main' })
  })

  it('is suspended rather than not ready', () => {
    expect(parseGitRepository(live(undefined, { suspend: true }), cluster).suspended).toBe(true)
  })

  it('is pinned to the verified artifact where signatures are verified', () => {
    const verify = { mode: 'HEAD', secretRef: { name: 'keys' } }
    const conditions = [ready, condition('SourceVerified', 'True')]
    expect(parseGitRepository(live(status({ conditions }), { verify }), cluster).pinned).toEqual({
      ref: 'main',
      commit,
    })
    for (const found of [[ready], [ready, condition('SourceVerified', 'False', 'InvalidCommitSignature')]]) {
      expect(
        catchError(() => parseGitRepository(live(status({ conditions: found }), { verify }), cluster)),
      ).toMatchObject({ code: 'SourceNotReady' })
    }
  })
})

describe('readArtifactRevision', () => {
  it.each([
    [`sha1:${commit}`, ''],
    [`main/${commit}`, 'main'],
    [`v1.2.3@sha1:${commit}`, 'v1.2.3'],
    [`feature/a@b@sha1:${commit}`, 'feature/a@b'],
  ])('reads %s', (revision, ref) => {
    expect(readArtifactRevision(live(status({ artifact: { revision } })), false)).toEqual({ ref, commit })
  })

  it('refuses a revision that names no commit', () => {
    const manifest = live(status({ artifact: { revision: 'main@sha1:abc' } }))
    expect(catchError(() => readArtifactRevision(manifest, false))?.code).toBe('SourceInvalid')
  })
})

describe('readArtifact', () => {
  it('tells the revision and when it was stored', () => {
    expect(readArtifact(live(status()))).toEqual({ revision: artifact.revision, at: artifact.lastUpdateTime })
    expect(readArtifact(live({ artifact: 'x' }))).toBeNull()
    expect(readArtifact(createGitRepository())).toBeNull()
  })
})
