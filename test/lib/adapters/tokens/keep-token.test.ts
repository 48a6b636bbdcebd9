import { describe, expect, it } from 'vitest'
import { keepToken } from '../../../../lib/adapters/tokens/keep-token.ts'

function setUp(lifetimeMs: number) {
  const state = { time: 0, issued: 0, fails: false }
  const issue = async () => {
    state.issued += 1
    if (state.fails) throw new Error('no token')
    return { token: `token-${state.issued}`, lifetimeMs }
  }
  return { state, readToken: keepToken(issue, () => state.time) }
}

describe('a token', () => {
  it('is issued once for all who ask at a time, and kept until a minute before it ends', async () => {
    const { state, readToken } = setUp(3_600_000)
    expect(await Promise.all([readToken(), readToken()])).toEqual(['token-1', 'token-1'])
    state.time = 3_539_999
    expect(await readToken()).toBe('token-1')
    state.time = 3_540_000
    expect(await readToken()).toBe('token-2')
  })

  it.each([0, 1_000, Number.NaN])('is not kept where it is good for %d ms', async (lifetimeMs) => {
    const { readToken } = setUp(lifetimeMs)
    expect([await readToken(), await readToken()]).toEqual(['token-1', 'token-2'])
  })

  it('is asked for again after a failure', async () => {
    const { state, readToken } = setUp(3_600_000)
    state.fails = true
    await expect(readToken()).rejects.toThrow('no token')
    state.fails = false
    expect(await readToken()).toBe('token-2')
  })
})
