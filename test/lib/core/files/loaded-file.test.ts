import { expect, it } from 'vitest'
import { readContent } from '../../../../lib/core/files/loaded-file.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'

it('gives the bytes of a loaded file', () => {
  const file = { content: SecretValue.fromBytes(Uint8Array.of(0, 255)), encrypted: false }
  expect([...readContent(file)]).toEqual([0, 255])
})
