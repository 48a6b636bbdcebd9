import { describe, expect, it } from 'vitest'
import {
  assertKustomizationReady,
  readAppliedRevision,
} from '../../../../../lib/core/source/flux/kustomization-status.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { createKustomizationManifest } from '../../../../fakes/in-memory-configs.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const live = (status: unknown) => ({ ...createKustomizationManifest(), status })
const judge = (...conditions: object[]) => catchError(() => assertKustomizationReady(live({ conditions })))

describe('a Kustomization of a cluster', () => {
  it.each<[string, object[]]>([
    ['has applied', [{ type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded' }]],
    ['is at work', [{ type: 'Ready', status: 'Unknown', reason: 'Progressing' }]],
    ['waits for what it has applied', [{ type: 'Ready', status: 'False', reason: 'HealthCheckFailed' }]],
    ['has never been looked at', []],
  ])('counts while Flux %s', (_, conditions) => {
    expect(judge(...conditions)).toBeNull()
  })

  it.each(['BuildFailed', 'ReconciliationFailed', 'DependencyNotReady', 'ArtifactFailed'])(
    'is held with %s',
    (reason) => {
      const message = 'in the words of Flux'
      expect(judge({ type: 'Ready', status: 'False', reason, message })).toMatchObject({
        code: 'SourceNotReady',
        data: { kind: 'Kustomization', reason, message },
      })
    },
  )

  it('is held where Flux has given up on it', () => {
    expect(
      judge(
        { type: 'Ready', status: 'False', reason: 'HealthCheckFailed' },
        { type: 'Stalled', status: 'True', reason: 'InvalidCELExpression' },
      ),
    ).toMatchObject({ code: 'SourceNotReady', data: { reason: 'InvalidCELExpression' } })
  })

  it('tells what was applied last', () => {
    expect(readAppliedRevision(live({ lastAppliedRevision: `main@sha1:${commit}` }))).toEqual({
      ref: 'main',
      commit,
    })
    expect(catchError(() => readAppliedRevision(live(undefined)))).toMatchObject({
      code: 'SourceNotReady',
      data: { reason: 'NotDeployed' },
    })
    expect(catchError(() => readAppliedRevision(live({ lastAppliedRevision: 'sha256:1' })))).toMatchObject({
      code: 'SourceInvalid',
    })
  })
})
