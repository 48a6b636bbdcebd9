import { expect, it } from 'vitest'
import { sourceInvalid, sourceUnsupported } from '../../../../lib/core/source/source-errors.ts'

it('names the field and the problem', () => {
  const data = { path: 'spec.url', problem: 'is no URL' }
  expect(sourceInvalid(data.path, data.problem)).toMatchObject({ code: 'SourceInvalid', data })
  expect(sourceUnsupported(data.path, data.problem)).toMatchObject({ code: 'SourceUnsupported', data })
})
