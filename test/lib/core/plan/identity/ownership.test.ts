import { describe, expect, it } from 'vitest'
import {
  formatOwner,
  formatOwnerPrefix,
  isOwnedBy,
  ownerTag,
  parseOwner,
} from '../../../../../lib/core/plan/identity/ownership.ts'

const scope = {
  key: new Uint8Array(32).fill(1),
  deployment: 'prod',
  account: '123456789012',
  region: 'eu-west-1',
}
const id = 'main/shop/shop-dev'
const tags = formatOwner(scope, id, 'a')

describe('ownership marks', () => {
  it('name the config and are valid where they were made', () => {
    const owner = parseOwner(scope, 'a', tags)
    expect(owner).toEqual({ deployment: 'prod', configId: id, valid: true })
    expect(owner && isOwnedBy(owner, 'prod', id)).toBe(true)
    expect(tags[ownerTag]?.startsWith(formatOwnerPrefix(id))).toBe(true)
  })

  it.each([
    ['copied to another name', scope, 'b', tags],
    ['copied to another region', { ...scope, region: 'eu-west-2' }, 'a', tags],
    ['copied to another account', { ...scope, account: '2' }, 'a', tags],
    ['made with another key', { ...scope, key: new Uint8Array(32) }, 'a', tags],
    ['claimed for another deployment', scope, 'a', { ...tags, 'smc-deployment': 'other' }],
    ['forged', scope, 'a', { ...tags, [ownerTag]: `${id}:${'A'.repeat(22)}` }],
    ['cut', scope, 'a', { ...tags, [ownerTag]: id }],
  ])('are not valid when %s', (_, where, name, found) => {
    expect(parseOwner(where, name, found)?.valid).toBe(false)
  })

  it('are absent on a secret of somebody else', () => {
    expect(parseOwner(scope, 'a', {})).toBeUndefined()
    expect(parseOwner(scope, 'a', { [ownerTag]: tags[ownerTag] ?? '' })).toBeUndefined()
  })

  it('belong to one config of one deployment', () => {
    const owner = parseOwner(scope, 'a', tags)
    expect(owner && isOwnedBy(owner, 'prod', 'main/shop/shop-prod')).toBe(false)
    expect(owner && isOwnedBy(owner, 'test', id)).toBe(false)
  })

  it('fit into a tag however long the id is', () => {
    const long = `main/${'n'.repeat(63)}/${'x'.repeat(253)}`
    const marked = formatOwner(scope, long, 'a')
    expect(marked[ownerTag]?.length).toBeLessThanOrEqual(256)
    const owner = parseOwner(scope, 'a', marked)
    expect(owner && isOwnedBy(owner, 'prod', long)).toBe(true)
  })
})
