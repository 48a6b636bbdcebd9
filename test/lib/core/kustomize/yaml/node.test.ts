import { expect, it } from 'vitest'
import {
  copyNode,
  createMapping,
  createScalar,
  createSequence,
  isEmpty,
  isNullish,
} from '../../../../../lib/core/kustomize/yaml/node.ts'

it('copies deeply', () => {
  const node = createMapping([{ key: createScalar('a'), value: createSequence([createScalar('b')]) }])
  const copy = copyNode(node)
  expect(copy).toEqual(node)
  expect(copy.entries[0]?.value).not.toBe(node.entries[0]?.value)
})

it('tells null from empty', () => {
  expect([isNullish(undefined), isNullish(createScalar('~', { tag: '!!null' }))]).toEqual([true, true])
  expect([isNullish(createMapping()), isNullish(createScalar(''))]).toEqual([false, false])
  expect([isEmpty(createMapping()), isEmpty(createSequence()), isEmpty(createScalar(''))]).toEqual([
    true,
    true,
    false,
  ])
})
