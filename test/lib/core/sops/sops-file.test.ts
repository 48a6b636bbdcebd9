import { describe, expect, it } from 'vitest'
import { parseSopsFile } from '../../../../lib/core/sops/sops-file.ts'
import { readSopsVectors } from '../../../fixtures/sops/vectors.ts'

describe('parseSopsFile', () => {
  it.each(readSopsVectors())('separates metadata and values of $name', ({ format, encrypted }) => {
    const { metadata, branches } = parseSopsFile(encrypted, format)
    expect(metadata.groups.flat().every(({ kind }) => kind === 'age')).toBe(true)
    expect(metadata.mac).toMatch(/^ENC\[AES256_GCM,/)
    expect(
      branches
        .flatMap(({ items }) => items)
        .every((item) => !('key' in item) || !item.key.startsWith('sops')),
    ).toBe(true)
  })

  it.each(['json', 'binary', 'yaml'] as const)('says what is missing in a plain %s file', (format) => {
    expect(() => parseSopsFile(Buffer.from('{"a":1}'), format)).toThrow(
      expect.objectContaining({ code: 'SopsMetadataMissing' }),
    )
  })
})
