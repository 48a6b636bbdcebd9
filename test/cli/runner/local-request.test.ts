import { describe, expect, it } from 'vitest'
import { assertBearerToken, assertLocalRequest } from '../../../cli/runner/local-request.ts'

describe('assertLocalRequest', () => {
  it.each([
    [{ host: '127.0.0.1:8080' }, 8080],
    [{ host: 'localhost:8080' }, 8080],
    [{ host: 'LOCALHOST:8080' }, 8080],
    [{ host: 'localhost' }, 80],
    [{ host: 'localhost:8080', origin: 'http://localhost:8080' }, 8080],
    [{ host: 'localhost:8080', origin: 'http://127.0.0.1:8080' }, 8080],
  ])('lets %j pass on port %d', (headers, port) => {
    expect(() => assertLocalRequest(headers, port)).not.toThrow()
  })

  it.each([
    {},
    { host: '' },
    { host: 'localhost' },
    { host: 'localhost:8081' },
    { host: 'evil.example:8080' },
    { host: 'localhost.evil.example:8080' },
    { host: '127.0.0.1.evil.example:8080' },
    { host: 'evil@localhost:8080' },
    { host: 'localhost:8080', origin: 'null' },
    { host: 'localhost:8080', origin: '' },
    { host: 'localhost:8080', origin: 'https://localhost:8080' },
    { host: 'localhost:8080', origin: 'http://localhost:3000' },
    { host: 'localhost:8080', origin: 'http://evil.example' },
  ])('refuses %j', (headers) => {
    expect(() => assertLocalRequest(headers, 8080)).toThrow(
      expect.objectContaining({ code: 'RequestForbidden' }),
    )
  })
})

describe('assertBearerToken', () => {
  it.each(['Bearer token', 'bearer token'])('accepts %j', (authorization) => {
    expect(() => assertBearerToken({ authorization }, 'token')).not.toThrow()
  })

  it.each([
    undefined,
    '',
    'token',
    'Bearer',
    'Bearer ',
    'Bearer toke',
    'Bearer tokens',
    'Basic token',
    'Bearer  token',
  ])('refuses %j', (authorization) => {
    const headers = authorization === undefined ? {} : { authorization }
    expect(() => assertBearerToken(headers, 'token')).toThrow(
      expect.objectContaining({ code: 'Unauthenticated' }),
    )
  })

  it('refuses everything where the token is empty', () => {
    expect(() => assertBearerToken({ authorization: 'Bearer ' }, '')).toThrow(
      expect.objectContaining({ code: 'Unauthenticated' }),
    )
  })
})
