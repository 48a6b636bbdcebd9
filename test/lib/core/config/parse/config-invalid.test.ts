import { expect, it } from 'vitest'
import { configInvalid } from '../../../../../lib/core/config/parse/config-invalid.ts'

it('names the field and the problem', () => {
  const data = { path: 'spec.secrets.prefix', problem: 'must be text' }
  expect(configInvalid(data.path, data.problem)).toMatchObject({ code: 'ConfigInvalid', data })
})
