import { describe, expect, it } from 'vitest'
import {
  type DecryptRequest,
  requestDecryption,
} from '../../../../../lib/adapters/keys/remote/request-decryption.ts'
import { decodeBase64 } from '../../../../../lib/core/base64.ts'
import type { ErrorCode } from '../../../../../lib/core/errors.ts'
import { createRecordingEgress, readJsonBody } from '../../../../fakes/recording-egress.ts'

const request: DecryptRequest = {
  url: 'https://keys.test/decrypt',
  headers: { authorization: 'Bearer canary' },
  body: { ciphertext: 'abc' },
  path: ['data', 'plaintext'],
  decode: decodeBase64,
}

function answerWith(status: number, body: string) {
  return createRecordingEgress(() => ({ status, body }))
}

describe('requestDecryption', () => {
  it('posts JSON and decodes what stands at the path', async () => {
    const egress = answerWith(200, '{"data":{"plaintext":"AQID","other":1}}')
    expect(await requestDecryption(egress.send, request)).toEqual(Buffer.of(1, 2, 3))
    expect(egress.requests).toMatchObject([
      {
        method: 'POST',
        url: request.url,
        headers: { authorization: 'Bearer canary', 'content-type': 'application/json' },
      },
    ])
    expect(egress.requests.map(readJsonBody)).toEqual([request.body])
  })

  it.each<[number, ErrorCode]>([
    [400, 'SopsMetadataInvalid'],
    [401, 'SopsKeyAccessDenied'],
    [403, 'SopsKeyAccessDenied'],
    [404, 'SopsKeyUnusable'],
    [408, 'SopsKeyServiceUnavailable'],
    [429, 'SopsKeyServiceUnavailable'],
    [302, 'SopsKeyServiceUnavailable'],
    [500, 'SopsKeyServiceUnavailable'],
    [503, 'SopsKeyServiceUnavailable'],
  ])('takes status %i for %s, and tells nothing of the body', async (status, code) => {
    const error = await requestDecryption(answerWith(status, 'canary').send, request).catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code, data: { url: request.url, status } })
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  it.each([
    '',
    'canary',
    'null',
    '[]',
    '{"data":"canary"}',
    '{"data":{"plaintext":1}}',
    '{"data":{"plaintext":""}}',
    '{"data":{"plaintext":"canary!"}}',
    '{"__proto__":{"data":{"plaintext":"AQID"}}}',
  ])('refuses the answer %j', async (body) => {
    const error = await requestDecryption(answerWith(200, body).send, request).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'SopsKeyServiceUnavailable' })
    expect(JSON.stringify(error)).not.toContain('canary')
  })
})
