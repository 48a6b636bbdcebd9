import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createRawShop, minuteMs, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

describe('a secret that Git changes over and over', () => {
  it('gets sixty versions at once, then the newest commit each quarter of an hour', async () => {
    shop.commit('A=0\nB=0')
    await shop.sync()
    const puts = vi.spyOn(shop.store, 'put')
    for (let n = 1; n <= 70; n++) {
      shop.commit(`A=${n}\nB=0`)
      await shop.sync()
    }
    expect(puts).toHaveBeenCalledTimes(60)
    expect(await shop.readHead()).toMatchObject({
      status: {
        phase: 'Retrying',
        conditions: [{ type: 'Ready', status: 'False', reason: 'WriteDeferred' }, {}],
      },
    })
    expect(await shop.readHead()).not.toHaveProperty('lease')
    shop.clock.advance(15 * minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(puts).toHaveBeenCalledTimes(61)
    expect(puts.mock.lastCall?.[0].value.reveal()).toEqual(new TextEncoder().encode('70'))
  })

  it('does not hold up the others', async () => {
    shop.commit('A=0\nB=0')
    await shop.sync()
    for (let n = 1; n <= 61; n++) {
      shop.commit(`A=${n}\nB=0`)
      await shop.sync()
    }
    const before = await shop.current('api-B')
    shop.commit('A=99\nB=1')
    expect(await shop.sync()).toMatchObject({ result: 'WriteDeferred' })
    expect(await shop.current('api-B')).not.toBe(before)
  })

  it('is looked at without a write while it waits', async () => {
    shop.commit('A=0')
    await shop.sync()
    for (let n = 1; n <= 61; n++) {
      shop.commit(`A=${n}`)
      await shop.sync()
    }
    await shop.sync({ trigger: 'schedule' })
    shop.writes.length = 0
    await shop.sync({ trigger: 'schedule' })
    expect(shop.writes.filter((name) => name !== 'writeHead')).toEqual([])
  })
})

describe('a secret that somebody else changes over and over', () => {
  const foe = async (n: number) => {
    const value = SecretValue.fromText(`foe ${n}`)
    await shop.store.put({
      name: 'api-A',
      versionId: n.toString(16).padStart(64, 'f'),
      value,
      kind: 'string',
    })
  }

  beforeEach(async () => {
    shop.commit('A=1')
    await shop.sync()
    for (let n = 1; n <= 6; n++) {
      await foe(n)
      await shop.sync({ trigger: 'drift' })
    }
  })

  it('is made again six times, then left to a person or a new commit', async () => {
    const wanted = await shop.current('api-A')
    await foe(7)
    expect(await shop.sync({ trigger: 'drift' })).toMatchObject({ result: 'SecretContested' })
    expect(await shop.current('api-A')).not.toBe(wanted)
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.current('api-A')).toBe(wanted)
    await foe(8)
    shop.commit('A=2')
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.current('api-A')).not.toBe(wanted)
  })
})
