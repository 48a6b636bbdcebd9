import { expect, it } from 'vitest'
import { parseInlineObjects } from '../../../../../lib/core/kustomize/resource/parse-inline.ts'

it('tells objects from paths', () => {
  const place = { file: 'f', encrypted: false }
  expect(parseInlineObjects('{kind: X, metadata: {name: a}}', place)).toHaveLength(1)
  expect(parseInlineObjects('# nothing', place)).toEqual([])
  expect(parseInlineObjects('dir/file.yaml', place)).toBeNull()
})
