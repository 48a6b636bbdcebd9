import { describe, expect, it } from 'vitest'
import { specSchema } from '../../../../../lib/core/config/parse/config-schema.ts'
import { parsePublishing } from '../../../../../lib/core/config/parse/parse-publishing.ts'

const versionId = 'a'.repeat(32)
const parse = (spec: object) =>
  parsePublishing(
    specSchema.parse({
      sourceRef: { name: 'repo', namespace: 'flux-system' },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'prod' },
      ...spec,
    }),
  )

describe('parsePublishing', () => {
  it('takes nothing away and nothing over by default', () => {
    expect(parse({})).toEqual({ publish: 'direct', prune: 'report', recoveryWindowDays: 30, adopt: [] })
  })

  it('reads what is to be adopted', () => {
    const adopt = [
      { name: 'old/db', versionId },
      { name: 'b', versionId },
      { name: 'ssm:/old/log_level', version: 7 },
    ]
    expect(parse({ adopt })).toMatchObject({ adopt })
  })

  it.each([
    ['spec.adopt[0].name', [{ name: '', versionId }]],
    ['spec.adopt[0].name', [{ name: 'arn:aws:x', versionId }]],
    [
      'spec.adopt[1].name',
      [
        { name: 'a', versionId },
        { name: 'a', versionId: 'b'.repeat(32) },
      ],
    ],
    ['spec.adopt[0].versionId', [{ name: 'a', versionId: 'AWSCURRENT' }]],
    ['spec.adopt[0].versionId', [{ name: 'a' }]],
    ['spec.adopt[0].version', [{ name: 'a', versionId, version: 7 }]],
    ['spec.adopt[0].name', [{ name: 'ssm:old', version: 7 }]],
    ['spec.adopt[0].name', [{ name: 'ssm:/aws/x', version: 7 }]],
    ['spec.adopt[0].version', [{ name: 'ssm:/a' }]],
    ['spec.adopt[0].versionId', [{ name: 'ssm:/a', versionId, version: 7 }]],
    ['spec.adopt[0].versionId', [{ name: 'a', versionId: 'a'.repeat(65) }]],
  ])('refuses an illegal %s', (path, adopt) => {
    const data = expect.objectContaining({ path })
    expect(() => parse({ adopt })).toThrow(expect.objectContaining({ code: 'ConfigInvalid', data }))
  })
})
