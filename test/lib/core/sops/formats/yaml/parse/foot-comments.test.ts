import { expect, it } from 'vitest'
import { moveFootToKey } from '../../../../../../../lib/core/sops/formats/yaml/parse/foot-comments.ts'
import { createEmptyNode } from '../../../../../../../lib/core/sops/formats/yaml/parse/parser.ts'

const createNode = (foot: string) => ({ ...createEmptyNode(0), comments: { head: '', line: '', foot } })

it.each([
  ['', '# v', '# v', ''],
  ['# k', '# v', '# k', '# v'],
  ['# k', '', '# k', ''],
])('moves the foot of a value to a key without one: %j %j', (...[ofKey, ofValue, key, value]) => {
  const nodes = [createNode(ofKey), createNode(ofValue)] as const
  moveFootToKey(...nodes)
  expect(nodes.map(({ comments }) => comments.foot)).toEqual([key, value])
})
