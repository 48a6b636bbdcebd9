import { expect, it } from 'vitest'
import { hashDelivery } from '../../../../lib/core/source/delivery-hash.ts'

it('hashes bytes as sha256sum does', () => {
  expect(hashDelivery(Buffer.from('Hello, World!'))).toBe(
    'dffd6021bb2bd5b0af676290809ec3a53191dd81c7f70a4b28688a362182986f',
  )
})
