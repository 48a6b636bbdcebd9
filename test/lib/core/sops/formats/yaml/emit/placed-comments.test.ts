import { expect, it } from 'vitest'
import { placeComments } from '../../../../../../../lib/core/sops/formats/yaml/emit/placed-comments.ts'
import type { Comment, Scalar } from '../../../../../../../lib/core/sops/tree.ts'

const comment = (text: string, inline = false): Comment => ({ type: 'comment', text, inline })
const item: Scalar = { type: 'null' }

it('gives comments to the container, to items and to the end', () => {
  const nodes = [
    comment('a'),
    comment('b'),
    item,
    comment('c'),
    comment('d', true),
    item,
    comment('e', true),
    comment('f'),
  ]
  expect(placeComments<Scalar>(nodes)).toEqual({
    head: '#a\n#b',
    items: [
      { item, head: '', line: '' },
      { item, head: '#c', line: '#d' },
    ],
    foot: '#f\n#e',
  })
})

it('gives all to the container where it has no items', () => {
  expect(placeComments<Scalar>([comment('a'), comment('b', true)])).toEqual({
    head: '#a\n#b',
    items: [],
    foot: '',
  })
  expect(placeComments<Scalar>([])).toEqual({ head: '', items: [], foot: '' })
})

it('writes an inline comment behind the first item', () => {
  expect(placeComments<Scalar>([comment('a', true), item])).toMatchObject({
    items: [{ head: '', line: '#a' }],
  })
})
