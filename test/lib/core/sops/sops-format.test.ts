import { expect, it } from 'vitest'
import { formats } from '../../../../lib/core/sops/formats/index.ts'
import { isSopsFormat, sopsFormats } from '../../../../lib/core/sops/sops-format.ts'

it('knows the formats that have a module, and no others', () => {
  expect(Object.keys(formats).sort()).toEqual([...sopsFormats].sort())
  expect(['yaml', 'toml', '', 'constructor'].map(isSopsFormat)).toEqual([true, false, false, false])
})
