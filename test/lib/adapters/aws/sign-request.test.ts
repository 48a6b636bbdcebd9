import { describe, expect, it } from 'vitest'
import { signRequest } from '../../../../lib/adapters/aws/sign-request.ts'

/** As in the published test suite of Signature Version 4 (`aws-sig-v4-test-suite`, whose service is called `service`). */
const signer = {
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  region: 'us-east-1',
  service: 'service',
  now: Date.parse('2015-08-30T12:36:00Z'),
}
const credential = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request'

describe('signRequest', () => {
  it.each([
    ['get-vanilla', 'GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', 'POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      'GET',
      '/?Param2=value2&Param1=value1',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
  ] as const)('signs as the vector %s does', (_, method, path, signature) => {
    const url = new URL(path, 'https://example.amazonaws.com')
    expect(signRequest({ method, url }, signer)).toEqual({
      'x-amz-date': '20150830T123600Z',
      authorization: `${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    })
  })

  it('signs and sends the token of a session', () => {
    const credentials = { ...signer.credentials, sessionToken: 'session' }
    const url = new URL('https://example.amazonaws.com')
    const headers = signRequest({ method: 'GET', url }, { ...signer, credentials })
    expect(headers).toMatchObject({ 'x-amz-security-token': 'session' })
    expect(headers['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,')
  })

  it('signs the body', () => {
    const sign = (body: string) =>
      signRequest({ method: 'POST', url: new URL('https://example.amazonaws.com'), body }, signer)
    expect(sign('{}')['authorization']).not.toBe(sign('')['authorization'])
  })
})
