import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeBase64, decodeBase64Url } from '../../../lib/core/base64.ts'

it('decodes what was encoded', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(Buffer.from(bytes))
      expect(decodeBase64Url(Buffer.from(bytes).toString('base64url'))).toEqual(Buffer.from(bytes))
    }),
  )
})

it('ignores line breaks', () => {
  expect(decodeBase64('AQ\r\nID\n')).toEqual(Buffer.of(1, 2, 3))
})

it.each(['A', 'AQ', 'AQI', 'AQID ', 'AQ=D', 'AQID=', 'A_-D', '====', 'AQ==AQ==', 'AQID!'])(
  'says null to %j, which is no standard base64',
  (text) => {
    expect(decodeBase64(text)).toBeNull()
  },
)

it.each(['A', 'AQ==', 'AQID\n', 'A+/D', 'AQIDA'])('says null to %j, which is no URL-safe base64', (text) => {
  expect(decodeBase64Url(text)).toBeNull()
})
