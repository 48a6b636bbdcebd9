import { expect, it } from 'vitest'
import { formatGoValue } from '../../../../../../lib/core/sops/formats/ini/go-value.ts'
import { parseYaml } from '../../../../../../lib/core/sops/formats/yaml/parse/parse-yaml.ts'

it('prints nested values as Go does', () => {
  const [branch] = parseYaml(
    Buffer.from('b: {c: d, e: [1, 2.5, true, ~, 1e9, 2024-01-02, 2001-12-14T21:59:43.1-05:00]}\n# x\n'),
  )
  expect(branch && formatGoValue(branch)).toBe(
    '[{b [{c d} {e [1 2.5 true <nil> 1e+09 2024-01-02 00:00:00 +0000 UTC 2001-12-14 21:59:43.1 -0500 -0500]}]} {{ x false} <nil>}]',
  )
  expect(formatGoValue({ type: 'bytes', bytes: Buffer.from('a') })).toBe('a')
})
