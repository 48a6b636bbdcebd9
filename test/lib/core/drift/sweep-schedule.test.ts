import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../lib/core/config/parse/parse-config.ts'
import {
  describePublishing,
  isSwept,
  listSweeps,
  pageGapMs,
} from '../../../../lib/core/drift/sweep-schedule.ts'
import type { ConfigHead, Publishing } from '../../../../lib/core/state/records.ts'
import { createConfigManifest } from '../../../fakes/in-memory-configs.ts'

const minuteMs = 60_000
const publishing: Publishing = {
  sweepId: '1/eu-west-1',
  region: 'eu-west-1',
  reconcileIntervalMs: minuteMs,
  secrets: 20,
}

function head(part: Partial<ConfigHead> = {}, place: Partial<Publishing> = {}): ConfigHead {
  const watcher = { configId: 's/n/a', ref: { branch: 'main' }, url: 'https://g/o/r', pullIntervalMs: 1 }
  return {
    schema: 1,
    id: 's/n/a',
    status: { phase: 'Ready', description: '', conditions: [], secretsSynced: 0 },
    attempt: 0,
    generation: 1,
    watching: { repositoryKey: 'g/o/r', watcher },
    publishing: { ...publishing, ...place },
    ...part,
  }
}

describe('describePublishing', () => {
  const config = (name: string, aws: object = {}) => {
    const provider = { aws: { region: 'eu-west-1', ...aws } }
    return parseConfig(createConfigManifest(name, {}, { provider, reconcileInterval: '5m' }), 's')
  }
  const place = { account: '123456789012', secrets: 3 }
  const role = { auth: { authType: 'irsa', roleArn: 'arn:aws:iam::123456789012:role/a' } }

  it('names account and region', () => {
    expect(describePublishing(config('a'), place)).toEqual({
      sweepId: '123456789012/eu-west-1',
      region: 'eu-west-1',
      reconcileIntervalMs: 5 * minuteMs,
      secrets: 3,
    })
  })

  it('keeps apart what is listed by another right', () => {
    const own = describePublishing(config('a'), place)
    const assumed = describePublishing(config('a', role), place)
    expect(assumed).toMatchObject({ roleArn: role.auth.roleArn })
    expect(assumed.sweepId).not.toBe(own.sweepId)
    expect(describePublishing(config('b', role), place).sweepId).toBe(assumed.sweepId)
    const ofOther = { ...config('a', role), id: 's/other/a' }
    expect(describePublishing(ofOther, place).sweepId).not.toBe(assumed.sweepId)
  })
})

describe('isSwept', () => {
  const phase = (phase: ConfigHead['status']['phase']) => head({ status: { ...head().status, phase } })
  const revision = { ref: 'main', commit: 'c' }
  const lease = { holder: 'r', trigger: 'webhook', until: '', revision, writes: [] } as const

  it.each([
    ['a config that is ready', head(), true],
    ['one of which some secrets failed for good', phase('PartialFailure'), true],
    ['one that failed', phase('Failed'), false],
    ['one that is suspended', phase('Suspended'), false],
    ['one that is looked at again soon', head({ nextDueAt: '2026-01-31T08:00:00.000Z' }), false],
    ['one that is being written', head({ lease }), false],
    ['one that has no secrets', head({}, { secrets: 0 }), false],
  ])('says of %s whether it is swept', (_, asked, answer) => {
    expect(isSwept(asked)).toBe(answer)
  })

  it('leaves out what was forgotten, or never published', () => {
    const { watching: _, ...forgotten } = head()
    const { publishing: __, ...unpublished } = head()
    expect([forgotten, unpublished].map(isSwept)).toEqual([false, false])
  })
})

describe('listSweeps', () => {
  it('lists each place once, by the smallest interval of its configs', () => {
    const heads = [
      head({}, { reconcileIntervalMs: 10 * minuteMs }),
      head({}, { reconcileIntervalMs: 2 * minuteMs }),
      head({}, { sweepId: '1/us-east-1', region: 'us-east-1' }),
      head({ status: { ...head().status, phase: 'Failed' } }, { sweepId: '2/eu-west-1' }),
    ]
    expect(listSweeps(heads)).toEqual([
      { key: '1/eu-west-1', intervalMs: 2 * minuteMs },
      { key: '1/us-east-1', intervalMs: minuteMs },
    ])
  })

  it('is not stretched by 20,000 secrets a minute', () => {
    const heads = Array.from({ length: 1_000 }, () => head())
    expect(listSweeps(heads)).toEqual([{ key: '1/eu-west-1', intervalMs: minuteMs }])
  })

  it('is stretched where paging would take more than a quarter of the quota of a region', () => {
    const heads = [head({}, { secrets: 99_999 }), head({}, { sweepId: '2/eu-west-1', secrets: 99_999 })]
    const pages = 2_000
    const sweeps = listSweeps(heads)
    const pagesPerSecond = sweeps.reduce((sum, { intervalMs }) => sum + pages / 2 / (intervalMs / 1000), 0)
    expect(sweeps[0]?.intervalMs).toBe(pages * pageGapMs)
    expect(pagesPerSecond).toBeLessThanOrEqual(50 / 4)
  })
})
