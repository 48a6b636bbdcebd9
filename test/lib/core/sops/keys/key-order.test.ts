import { describe, expect, it } from 'vitest'
import { parseKeyOrder } from '../../../../../lib/core/sops/keys/key-order.ts'

describe('parseKeyOrder', () => {
  it.each([
    ['kms,age', ['kms', 'age']],
    ['pgp', ['pgp']],
    ['hckms,gcp_kms,x,azure_kv,hc_vault', ['hckms', 'gcp_kms', 'azure_kv', 'hc_vault']],
    [' age,PGP', []],
  ])('reads %j', (text, order) => {
    expect(parseKeyOrder(text)).toEqual(order)
  })

  it.each(['age,age', 'x,kms,x'])('refuses %j', (text) => {
    expect(() => parseKeyOrder(text)).toThrow(expect.objectContaining({ code: 'SopsKeyOrderInvalid' }))
  })
})
