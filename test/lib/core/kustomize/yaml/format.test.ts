import { expect, it } from 'vitest'
import { composeDocument } from '../../../../../lib/core/kustomize/yaml/compose.ts'
import { formatNode } from '../../../../../lib/core/kustomize/yaml/format.ts'
import { createScalar, tags } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { manifestSource } from '../../../../fakes/resource.ts'

const format = (text: string) => {
  const root = composeDocument(text, manifestSource)
  return root === null ? null : formatNode(root, 'f')
}

it.each([
  ['a:   b\n', 'a: b\n'],
  ['a:\n    - b\n    -   - c\n        - d\n', 'a:\n- b\n- - c\n  - d\n'],
  ['- a: 1\n  b: {c: d, e: [f]}\n', '- a: 1\n  b: {c: d, e: [f]}\n'],
  ['a: {}\nb: []\n', 'a: {}\nb: []\n'],
  ['a: "1"\nb: \'it\'\'s\'\nc: "\\t"\n', 'a: "1"\nb: \'it\'\'s\'\nc: "\\t"\n'],
  ['a: |\n    x\n\n    y\nb: c\n', 'a: |\n  x\n\n  y\nb: c\n'],
  ['a: |-\n    x\nb: c\n', 'a: |-\n  x\nb: c\n'],
  ['a: |+\n    x\n\nb: c\n', 'a: |+\n  x\n\nb: c\n'],
  ['- |\n  x\n', '- |\n  x\n'],
  ['{a: , "b:c": "d"}\n', '{a: \'\', "b:c": "d"}\n'],
  ['a:\nb:\n-\n- c\n', 'a:\nb:\n-\n- c\n'],
  ['word', 'word\n'],
  ['!custom x', '!custom x\n'],
])('writes %j as %j', (text, written) => {
  expect(format(text)).toBe(written)
})

it.each([
  [createScalar('5', { tag: tags.string }), '"5"\n'],
  [createScalar('x', { tag: tags.int }), '!!int x\n'],
  [createScalar('', { tag: tags.int }), '!!int\n'],
  [createScalar('a: b', {}), "'a: b'\n"],
  [createScalar('a\nb', {}), '|-\n  a\n  b\n'],
  [createScalar(' a\n', {}), '|2\n   a\n'],
])('chooses tag and style of %j', (node, written) => {
  expect(formatNode(node, 'f')).toBe(written)
})

it.each(['a: >\n  folded\n  text\n', `${'k'.repeat(129)}: v\n`])('refuses %j', (text) => {
  expect(codeOf(() => format(text))).toBe('KustomizeFieldUnsupported')
})
