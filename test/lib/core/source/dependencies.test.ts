import { expect, it } from 'vitest'
import { collectDependencies } from '../../../../lib/core/source/dependencies.ts'
import { createTree } from '../../../fakes/tree.ts'

it('lists each path once, in order, with what the tree has there', () => {
  const tree = createTree({ 'a/b.yaml': 'one' })
  const found = collectDependencies(['a/b.yaml', 'a', 'c', 'a'], tree)
  expect(found).toEqual([
    { path: 'a', oid: tree.entry('a')?.oid },
    { path: 'a/b.yaml', oid: tree.entry('a/b.yaml')?.oid },
    { path: 'c', oid: null },
  ])
})
