import { expect, it } from 'vitest'
import { failAtLine } from '../../../../../../../lib/core/sops/formats/yaml/parse/fail-at-line.ts'

it('names lines from 1', () => {
  expect(failAtLine(0)).toMatchObject({ code: 'SopsFileUnreadable', data: { line: 1 } })
})
