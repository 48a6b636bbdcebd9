import { describe, expect, it } from 'vitest'
import type { Live, Replica } from '../../../../lib/core/plan/plan.ts'
import { planNewReplicas, planSettings } from '../../../../lib/core/plan/plan-settings.ts'

const live = (part: Partial<Live> = {}): Live => ({ name: 'a', versions: new Map(), tags: {}, ...part })
const replica = (region: string, state: Replica['state'] = 'in-sync'): Replica => ({ region, state })
const keyArn = 'arn:aws:kms:eu-west-1:1:key/k'

function plan(
  aws: { description?: string; kmsKeyId?: string; replicaRegions?: readonly string[] },
  part: Partial<Live> = {},
  more: { prune?: 'off' | 'report' | 'schedule'; isRewritten?: boolean } = {},
) {
  const { prune = 'report', isRewritten = false } = more
  const config = { prune, aws: { replicaRegions: [], ...aws } }
  return planSettings({ config, live: live(part), isRewritten })
}

describe('planSettings', () => {
  it('never touches what the config does not name', () => {
    const set = { description: 'by hand', kmsKeyId: 'alias/x', replicas: [replica('us-east-1', 'failed')] }
    expect(plan({}, set, { prune: 'schedule', isRewritten: true })).toEqual([])
  })

  it('leaves parameters alone, which have none of it', () => {
    const config = { prune: 'report', aws: { description: 'd', replicaRegions: ['us-east-1'] } } as const
    const parameter = { ...live(), name: 'ssm:/shop/dev/A', replicas: [] }
    expect(planSettings({ config, live: parameter, isRewritten: true })).toEqual([])
    expect(planNewReplicas(config.aws, parameter.name)).toEqual([])
  })

  it('sends only what differs, in one call', () => {
    const aws = { description: 'd', kmsKeyId: 'alias/a' }
    expect(plan(aws, aws)).toEqual([])
    expect(plan(aws, { kmsKeyId: 'alias/a' })).toEqual([
      { action: 'amend', name: 'a', because: 'description-changed', description: 'd' },
    ])
    expect(plan(aws, { description: 'd', kmsKeyId: 'alias/b' })).toEqual([
      { action: 'amend', name: 'a', because: 'key-changed', kmsKeyId: 'alias/a' },
    ])
    expect(plan(aws)).toEqual([{ action: 'amend', name: 'a', because: 'key-changed', ...aws }])
  })

  it('knows the default key, and a key by any of its names', () => {
    expect(plan({ kmsKeyId: 'alias/aws/secretsmanager' })).toEqual([])
    expect(plan({ kmsKeyId: 'k' }, { kmsKeyId: keyArn })).toEqual([])
  })

  it('sets a key that cannot be compared only together with a new value', () => {
    expect(plan({ kmsKeyId: 'alias/a' }, { kmsKeyId: keyArn })).toEqual([])
    expect(plan({ kmsKeyId: 'alias/a' }, { kmsKeyId: keyArn }, { isRewritten: true })).toMatchObject([
      { action: 'amend', kmsKeyId: 'alias/a' },
    ])
  })

  it('adds missing copies, and takes unwanted ones away only where the config prunes', () => {
    const aws = { replicaRegions: ['eu-central-1', 'us-east-1'] }
    const present = { replicas: [replica('us-east-1'), replica('us-west-2')] }
    const missing = {
      action: 'replicate',
      name: 'a',
      because: 'replica-missing',
      regions: ['eu-central-1'],
    }
    expect(plan(aws, present)).toEqual([missing])
    expect(plan(aws, present, { prune: 'schedule' })).toEqual([
      missing,
      { action: 'unreplicate', name: 'a', because: 'replica-unwanted', regions: ['us-west-2'] },
    ])
  })

  it('says nothing of copies that were not looked at, or that are on their way', () => {
    const aws = { replicaRegions: ['us-east-1'] }
    expect(plan(aws)).toEqual([])
    expect(plan(aws, { replicas: [replica('us-east-1', 'in-progress')] })).toEqual([])
  })

  it('reports wanted copies that have failed, and asks for them again', () => {
    const replicas = [replica('us-east-1', 'failed'), replica('us-west-2', 'failed')]
    expect(plan({ replicaRegions: ['us-east-1'] }, { replicas })).toEqual([
      { action: 'replicate', name: 'a', because: 'replica-failed', regions: ['us-east-1'] },
      { action: 'conflict', name: 'a', because: 'replica-failed', code: 'ReplicaFailed' },
    ])
    expect(plan({ replicaRegions: ['eu-central-1'] }, { replicas })).toMatchObject([{ action: 'replicate' }])
  })
})

it('a new secret gets all its copies', () => {
  expect(planNewReplicas({ replicaRegions: [] }, 'a')).toEqual([])
  expect(planNewReplicas({ replicaRegions: ['us-east-1'] }, 'a')).toEqual([
    { action: 'replicate', name: 'a', because: 'replica-missing', regions: ['us-east-1'] },
  ])
})
