import { describe, expect, it } from 'vitest'
import { parseJsonObject } from '../../../../lib/core/sops/formats/json/parse.ts'
import { separateSopsKey } from '../../../../lib/core/sops/sops-key.ts'

const branch = (json: string) => parseJsonObject(json)
const codeOf = (code: string) => expect.objectContaining({ code })

describe('separateSopsKey', () => {
  it('takes the metadata out of every branch, and those of the first', () => {
    const parsed = separateSopsKey([
      branch('{"a":1,"sops":{"mac":"m"}}'),
      branch('{"sops":{"mac":"n"},"b":2}'),
    ])
    expect(parsed).toEqual({
      metadata: branch('{"mac":"m"}'),
      branches: [branch('{"a":1}'), branch('{"b":2}')],
    })
  })

  it('finds none where the first branch has none', () => {
    expect(() => separateSopsKey([])).toThrow(codeOf('SopsMetadataMissing'))
    expect(() => separateSopsKey([branch('{}'), branch('{"sops":{}}')])).toThrow(
      codeOf('SopsMetadataMissing'),
    )
  })

  it.each(['{"sops":null}', '{"sops":"x"}', '{"sops":[]}', '{"sops":{},"sops":{}}'])('refuses %s', (json) => {
    expect(() => separateSopsKey([branch(json)])).toThrow(codeOf('SopsMetadataInvalid'))
  })
})
