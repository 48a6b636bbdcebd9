import { describe, expect, it } from 'vitest'
import { estimateCost } from '../../../../../lib/core/plan/cost/estimate-cost.ts'
import { prices } from '../../../../../lib/core/plan/cost/prices.ts'
import type { Change } from '../../../../../lib/core/plan/plan.ts'

const minuteMs = 60_000
const config = (replicaRegions: readonly string[] = [], reconcileIntervalMs = minuteMs) => ({
  aws: { region: 'eu-west-1', tags: {}, replicaRegions },
  reconcileIntervalMs,
})
const change = (action: Change['action']) => ({ action, name: 'a' }) as Change

describe('estimateCost', () => {
  it('counts the calls of a plan by their action', () => {
    const changes = (
      ['create', 'create', 'adopt', 'retag', 'update', 'delete', 'conflict', 'replicate', 'amend'] as const
    ).map(change)
    expect(estimateCost({ config: config(), changes, secrets: 8 })).toMatchObject({
      calls: {
        CreateSecret: 2,
        DescribeSecret: 2,
        TagResource: 2,
        PutSecretValue: 1,
        DeleteSecret: 1,
        ReplicateSecretToRegions: 1,
        UpdateSecret: 1,
      },
      callsUsd: 0.0001,
      pricesAsOf: prices.asOf,
    })
  })

  it('counts the calls for parameters, which cost nothing', () => {
    const changes = (['create', 'update', 'delete'] as const).map((action) => {
      return { ...change(action), name: 'ssm:/shop/A' }
    })
    expect(estimateCost({ config: config(), changes, secrets: 0 })).toMatchObject({
      calls: { PutParameter: 2, DescribeParameters: 1, DeleteParameters: 1 },
      callsUsd: 0,
    })
  })

  it('prices a month as the table of the cost model does: 20,000 secrets each minute', () => {
    expect(estimateCost({ config: config(), changes: [], secrets: 20_000 })).toMatchObject({
      calls: {},
      callsUsd: 0,
      month: { secrets: 20_000, secretsUsd: 8_000, calls: 8_640_000, callsUsd: 43.2 },
    })
    expect(
      estimateCost({ config: config([], 5 * minuteMs), changes: [], secrets: 20_000 }).month,
    ).toMatchObject({ calls: 1_728_000, callsUsd: 8.64 })
  })

  it('adds copies, which are billed as secrets, and their hourly looks', () => {
    expect(estimateCost({ config: config(['us-east-1']), changes: [], secrets: 100 }).month).toEqual({
      secrets: 200,
      secretsUsd: 80,
      calls: 43_200 + 72_000,
      callsUsd: 0.576,
    })
  })
})
