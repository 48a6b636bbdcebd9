import { expect, it } from 'vitest'
import { changesVersion } from '../../../../lib/core/audit/changes-version.ts'

it.each([
  ['an update', { action: 'update', result: 'applied', versionId: 'v' }, true],
  ['a version that was found', { action: 'found', result: 'applied', versionId: 'v' }, true],
  ['a deletion', { action: 'delete', result: 'applied' }, true],
  ['a secret that somebody else has ended', { action: 'released', result: 'applied' }, true],
  ['a retag', { action: 'retag', result: 'applied' }, false],
  ['an update that failed', { action: 'update', result: 'failed', versionId: 'v' }, false],
  ['a deletion that was skipped', { action: 'delete', result: 'skipped' }, false],
] as const)('judges %s', (_, outcome, expected) => {
  expect(changesVersion({ name: 'a', ...outcome })).toBe(expected)
})
