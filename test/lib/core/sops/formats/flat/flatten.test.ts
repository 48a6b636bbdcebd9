import { describe, expect, it } from 'vitest'
import { unflatten } from '../../../../../../lib/core/sops/formats/flat/flatten.ts'
import type { Pair, TreeNode } from '../../../../../../lib/core/sops/tree.ts'

const pair = (key: string): Pair => ({ type: 'pair', key, value: { type: 'str', text: key } })

/** The tree as plain data, good enough to compare. */
function toPlain(node: TreeNode): unknown {
  if (node.type === 'map') {
    return Object.fromEntries(
      node.items.flatMap((item) => (item.type === 'pair' ? [[item.key, toPlain(item.value)]] : [])),
    )
  }
  return node.type === 'list' ? node.items.map(toPlain) : '…'
}

describe('unflatten', () => {
  it('nests maps and lists', () => {
    const keys = ['mac', 'kms__list_1__map_arn', 'kms__list_0__map_context__map_env', 'kms__list_0__map_arn']
    expect(toPlain(unflatten(keys.map(pair)))).toEqual({
      mac: '…',
      kms: [{ context: { env: '…' }, arn: '…' }, { arn: '…' }],
    })
  })

  it('nests lists in lists', () => {
    expect(toPlain(unflatten([pair('a__list_0__list_0'), pair('a__list_0__list_1')]))).toEqual({
      a: [['…', '…']],
    })
  })

  it.each([
    ['a value twice', ['a', 'a']],
    ['a value that is a map, too', ['a', 'a__map_b']],
    ['a map that is a list, too', ['a__map_b', 'a__list_0']],
    ['a list that starts at 1', ['a__list_1']],
    ['a list with a gap', ['a__list_0', 'a__list_2']],
  ])('refuses %s', (_, keys) => {
    expect(() => unflatten(keys.map(pair))).toThrow(expect.objectContaining({ code: 'SopsMetadataInvalid' }))
  })
})
