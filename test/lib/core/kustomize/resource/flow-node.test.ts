import { expect, it } from 'vitest'
import { flowNode } from '../../../../../lib/core/kustomize/resource/flow-node.ts'

it('quotes texts and keeps numbers', () => {
  expect(flowNode(new Map([['a', ['x', 1n, 1.5, null]]]))).toMatchObject({
    flow: true,
    entries: [
      {
        key: { style: 'double' },
        value: { items: [{ style: 'double' }, { tag: '!!int' }, { tag: '!!float' }, { tag: '!!null' }] },
      },
    ],
  })
})
