import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Trace, traceCalls, tracePorts } from '../../../../lib/adapters/telemetry/trace-calls.ts'
import { createRawShop, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let traced: string[]

const trace: Trace = async (...args) => {
  // Nothing but the name reaches a tracer.
  traced.push(args[0])
  return await args[1]()
}

beforeEach(() => {
  shop = createRawShop()
  traced = []
})

afterEach(() => {
  shop.close()
})

describe('traceCalls', () => {
  it('names the port and the method, and answers as the port does', async () => {
    const state = traceCalls(shop.state, 'state', trace)
    expect(await state.readHead('m/shop/a')).toBeNull()
    await expect(state.writeHead({} as never, {} as never)).rejects.toThrow()
    expect(traced).toEqual(['state.readHead', 'state.writeHead'])
  })
})

describe('tracePorts', () => {
  it('traces every way out of a sync, and no value', async () => {
    Object.assign(shop.dependencies, tracePorts({ ...shop.dependencies }, trace))
    shop.commit('PASSWORD=canary')
    expect(await shop.sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect([...new Set(traced)].sort()).toEqual(
      expect.arrayContaining([
        'git.listRefs',
        'git.open',
        'git.readFiles',
        'state.readHead',
        'state.writeHead',
        'store.create',
        'store.describe',
      ]),
    )
    expect(traced.join()).not.toContain('canary')
    expect(traced).not.toContain('store.target')
  })
})
