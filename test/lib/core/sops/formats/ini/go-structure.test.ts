import { expect, it } from 'vitest'
import { formatGoStructure } from '../../../../../../lib/core/sops/formats/ini/go-structure.ts'
import type { TreeNode } from '../../../../../../lib/core/sops/tree.ts'

const str = (text: string): TreeNode => ({ type: 'str', text })

/** As sops 3.13.3 prints them with `--output-type ini --extract`. */
it.each<[string, TreeNode, string]>([
  ['a scalar', { type: 'float', value: 1e300 }, '1e+300'],
  ['what HTML would misread', str('<&>'), '"\\u003c\\u0026\\u003e"'],
  ['an empty list', { type: 'list', items: [] }, 'null'],
  ['an empty map', { type: 'map', items: [] }, '[]'],
  [
    'a list with a comment and a map',
    {
      type: 'list',
      items: [
        { type: 'comment', text: ' inl', inline: true },
        str('a'),
        {
          type: 'map',
          items: [
            { type: 'comment', text: ' c' },
            { type: 'pair', key: 'b', value: { type: 'null' } },
          ],
        },
      ],
    },
    '[{"Value":" inl","Inline":true},"a",[{"Key":{"Value":" c","Inline":false},"Value":null},{"Key":"b","Value":null}]]',
  ],
])('prints %s as Go does', (_, node, printed) => {
  expect(formatGoStructure(node)).toBe(printed)
})
