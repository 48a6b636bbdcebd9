import { expect, it } from 'vitest'
import { isInForce } from '../../../../lib/core/audit/intent.ts'
import { createIntent } from '../../../contracts/state-intents.ts'

it('tells an intent in force from one that was lifted', () => {
  const pin = { revision: { ref: 'main', commit: 'a' }, entryAt: '', partial: false }
  expect(isInForce(createIntent())).toBe(true)
  expect(isInForce(createIntent({ suspended: false, pin }))).toBe(true)
  expect(isInForce(createIntent({ suspended: false }))).toBe(false)
})
