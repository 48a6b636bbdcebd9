import { createRawShop, type RawShop, rawConfig } from './raw-shop.ts'

/** Three secrets that are published as a group. */
export const groupNames = ['api-A', 'api-B', 'api-C'] as const

/** A raw shop whose config says `publish: atomic`; `A`, `B` and `C` are published with the value 1. */
export async function createAtomicShop(): Promise<RawShop> {
  const shop = createRawShop()
  shop.configs.put(rawConfig({}, { publish: 'atomic' }))
  shop.commit('A=1\nB=1\nC=1')
  await shop.sync()
  return shop
}

/** The versions that are current, in the order of `groupNames`. */
export async function readGroup(shop: RawShop): Promise<readonly (string | undefined)[]> {
  return await Promise.all(groupNames.map((name) => shop.current(name)))
}
