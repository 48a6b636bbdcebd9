import { describe, expect, it } from 'vitest'
import { parseAwsTarget } from '../../../../../lib/core/config/parse/parse-aws-target.ts'

const aws = { region: 'eu-west-1', replicaRegions: [] }

describe('parseAwsTarget', () => {
  it('reads region, role, key and tags', () => {
    const auth = { authType: 'irsa', roleArn: 'arn:aws:iam::123456789012:role/writer' } as const
    expect(parseAwsTarget({ aws: { ...aws, auth, kmsKeyId: 'alias/x', tags: { team: 'a' } } })).toEqual({
      region: 'eu-west-1',
      roleArn: auth.roleArn,
      kmsKeyId: 'alias/x',
      tags: { team: 'a' },
      replicaRegions: [],
    })
  })

  it('reads a description and the regions for copies, each once', () => {
    const written = { ...aws, description: 'Of the shop', replicaRegions: ['us-east-1', 'us-east-1'] }
    expect(parseAwsTarget({ aws: written })).toMatchObject({
      description: 'Of the shop',
      replicaRegions: ['us-east-1'],
    })
    expect(parseAwsTarget({ aws: { ...aws, description: '' } })).not.toHaveProperty('description')
  })

  it.each([
    ['no provider', {}, 'spec.provider'],
    ['two providers', { aws, gcp: {} }, 'spec.provider'],
    [
      'a copy in the region itself',
      { aws: { ...aws, replicaRegions: ['eu-west-1'] } },
      'spec.provider.aws.replicaRegions',
    ],
    [
      'copies under a key of one region',
      { aws: { ...aws, replicaRegions: ['us-east-1'], kmsKeyId: '01234567-89ab-cdef-0123-456789abcdef' } },
      'spec.provider.aws.replicaRegions',
    ],
    ['a list of tags', { aws: { ...aws, tags: [] } }, 'spec.provider.aws.tags'],
    ['a number as a tag', { aws: { ...aws, tags: { cost: 7 } } }, 'spec.provider.aws.tags.cost'],
    ['a tag of ours', { aws: { ...aws, tags: { 'smc-owner': 'me' } } }, 'spec.provider.aws.tags.smc-owner'],
    ['a tag of AWS', { aws: { ...aws, tags: { 'aws:x': '' } } }, 'spec.provider.aws.tags.aws:x'],
  ])('refuses %s', (_, provider, path) => {
    const expected = { code: 'ConfigInvalid', data: expect.objectContaining({ path }) }
    expect(() => parseAwsTarget(provider)).toThrow(expect.objectContaining(expected))
  })

  it.each(['gcp', 'azure'])('says that there is no store for %s', (provider) => {
    const expected = { code: 'ProviderUnsupported', data: { path: `spec.provider.${provider}`, provider } }
    expect(() => parseAwsTarget({ [provider]: {} })).toThrow(expect.objectContaining(expected))
  })

  it('takes tags with the names of built-ins as plain data', () => {
    const { tags } = parseAwsTarget({
      aws: { ...aws, tags: JSON.parse('{"__proto__":"a","constructor":"b"}') },
    })
    expect(Object.entries(tags)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
  })
})
