import { expect, it } from 'vitest'
import { parseLive } from '../../../../../lib/adapters/stores/aws-secrets-manager/live.ts'

const secret = { Name: 'a' }

it.each([
  ['rotation', { RotationEnabled: true }],
  ['replica', { PrimaryRegion: 'eu-west-1' }],
  ['service', { OwningService: 'rds', RotationEnabled: true }],
  [undefined, { PrimaryRegion: 'eu-west-2', RotationEnabled: false, RotationRules: {} }],
])('tells %s from the metadata', (managedElsewhere, part) => {
  expect(parseLive({ ...secret, ...part }, 'eu-west-2').managedElsewhere).toBe(managedElsewhere)
})

it('leaves out versions without a label', () => {
  const stages = { v1: [], v2: ['AWSCURRENT', 'x'], v3: ['AWSPREVIOUS'] }
  const expected = new Map(Object.entries({ v2: ['AWSCURRENT', 'x'], v3: ['AWSPREVIOUS'] }))
  const live = { name: 'a', tags: {}, current: 'v2', previous: 'v3', versions: expected }
  expect(parseLive({ ...secret, VersionIdsToStages: stages }, 'r')).toEqual(live)
  expect(parseLive({ ...secret, SecretVersionsToStages: stages }, 'r')).toEqual(live)
})
