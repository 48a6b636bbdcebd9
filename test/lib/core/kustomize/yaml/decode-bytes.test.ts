import { expect, it } from 'vitest'
import { decodeBytes } from '../../../../../lib/core/kustomize/yaml/decode-bytes.ts'
import { codeOf } from '../../../../fakes/errors.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

it.each([
  [Uint8Array.of(0x61), 'a'],
  [Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'a'],
  [Uint8Array.of(0xff, 0xfe, 0x61, 0), 'a'],
  [Uint8Array.of(0xfe, 0xff, 0, 0x61), 'a'],
])('decodes %j', (bytes, text) => {
  expect(decodeBytes(bytes, source)).toBe(text)
})

it.each([[Uint8Array.of(0xff)], [Uint8Array.of(0)], [Uint8Array.of(0x7f)], [Uint8Array.of(0xc2, 0x80)]])(
  'refuses %j',
  (bytes) => {
    expect(codeOf(() => decodeBytes(bytes, source))).toBe('ManifestInvalid')
  },
)
