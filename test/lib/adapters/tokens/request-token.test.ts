import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { requestToken } from '../../../../lib/adapters/tokens/request-token.ts'
import { createRecordingEgress } from '../../../fakes/recording-egress.ts'

const request = {
  url: 'https://login.test/token',
  body: { form: { grant: 'a b', secret: 'canary&secret' } },
  tokenPath: ['access_token'],
  lifetimePath: ['expires_in'],
  codes: { refused: 'SopsKeyAccessDenied', unavailable: 'SopsKeyServiceUnavailable' } as const,
}

describe('a request for a token', () => {
  it.each([
    [request.body, 'application/x-www-form-urlencoded', 'grant=a+b&secret=canary%26secret'],
    [{ json: { a: 1 } }, 'application/json', '{"a":1}'],
  ])('is posted as %j', async (body, type, content) => {
    const egress = createRecordingEgress(() => ({
      status: 200,
      body: '{"access_token":"t","expires_in":"60"}',
    }))
    expect(await requestToken(egress.send, { ...request, body })).toEqual({ token: 't', lifetimeMs: 60_000 })
    const [sent] = egress.requests
    expect(sent).toMatchObject({ method: 'POST', url: request.url, headers: { 'content-type': type } })
    expect(Buffer.from(sent?.body ?? '').toString()).toBe(content)
  })

  it.each([
    [400, 'SopsKeyAccessDenied'],
    [401, 'SopsKeyAccessDenied'],
    [403, 'SopsKeyAccessDenied'],
    [404, 'SopsKeyServiceUnavailable'],
    [302, 'SopsKeyServiceUnavailable'],
    [500, 'SopsKeyServiceUnavailable'],
    [200, 'SopsKeyServiceUnavailable'],
  ])(
    'that ends with %d and no token is %s, and shows nothing that was sent or answered',
    async (status, code) => {
      const egress = createRecordingEgress(() => ({ status, body: '{"error_description":"canary-answer"}' }))
      const error = await requestToken(egress.send, request).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code })
      expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('canary')
    },
  )
})
