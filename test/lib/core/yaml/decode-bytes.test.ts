import { expect, it } from 'vitest'
import { decodeYaml, encodingOf, findIllegal } from '../../../../lib/core/yaml/decode-bytes.ts'

it.each([
  ['utf-8', Uint8Array.of(0x61), 'a'],
  ['utf-8', Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'a'],
  ['utf-16le', Uint8Array.of(0xff, 0xfe, 0x61, 0), 'a'],
  ['utf-16be', Uint8Array.of(0xfe, 0xff, 0, 0x61), 'a'],
  ['utf-8', Uint8Array.of(0x61, 0xff), null],
  ['utf-16le', Uint8Array.of(0xff, 0xfe, 0x61), null],
])('decodes %s of %j', (encoding, bytes, text) => {
  expect([encodingOf(bytes), decodeYaml(bytes)]).toEqual([encoding, text])
})

it.each([
  ['a\0', 1],
  ['\u007f', 0],
  ['ab\u0080', 2],
  ['\uffff', 0],
  ['\t\n\r\u0085\u00a0\ufeff\ud83d\ude00', -1],
])('finds what is illegal in %j', (text, index) => {
  expect(findIllegal(text)).toBe(index)
})
