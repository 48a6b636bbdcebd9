import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Target } from '../../../../lib/sync/look.ts'
import { isRewound } from '../../../../lib/sync/record/is-rewound.ts'
import { createIntent } from '../../../contracts/state-intents.ts'
import { createRawShop, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let first: string

beforeEach(async () => {
  shop = createRawShop()
  first = shop.commit('A=1')
  await shop.sync()
  shop.commit('A=2')
  await shop.sync()
})

afterEach(() => {
  shop.close()
})

async function ask(commit: string, ref = 'main', changes: object = {}): Promise<boolean> {
  const target = { mark: { revision: { ref, commit }, specDigest: '', optionDigest: '' } } as Target
  return await isRewound(shop.dependencies, await shop.look('a', changes), target)
}

it('knows a commit that was published before the present one', async () => {
  expect(await ask(first)).toBe(true)
  expect(await ask((await shop.readHead())?.applied?.revision.commit ?? '')).toBe(false)
  expect(await ask('f'.repeat(40))).toBe(false)
})

it('takes another ref for no rewind, and neither a pin that is set or lifted', async () => {
  expect(await ask(first, 'next')).toBe(false)
  const pin = { revision: { ref: 'main', commit: first }, entryAt: '', partial: false }
  expect(await ask(first, 'main', { intent: createIntent({ pin }) })).toBe(false)
  const head = await shop.readHead()
  expect(await ask(first, 'main', { head: { ...head, intentId: 'lifted' } })).toBe(false)
})

it('asks nothing where nothing was published', async () => {
  expect(await ask(first, 'main', { head: null })).toBe(false)
})
