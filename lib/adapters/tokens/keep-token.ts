import type { IssuedToken } from './request-token.ts'

/** Gives an access token that is good for a while yet. */
export type ReadToken = () => Promise<string>

/** A call may take a while, and clocks differ. */
const marginMs = 60_000

/**
 * Keeps a token until shortly before it ends; all who ask while one is issued wait for that one. A failure is not kept,
 * nor is a token that does not say how long it is good for.
 * @param now milliseconds of any clock that does not go back
 */
export function keepToken(issue: () => Promise<IssuedToken>, now: () => number): ReadToken {
  let issuing: Promise<IssuedToken> | undefined
  let goodUntil = Number.NEGATIVE_INFINITY
  return async () => {
    if (issuing && now() < goodUntil) return (await issuing).token
    const started = issue()
    issuing = started
    goodUntil = Number.POSITIVE_INFINITY
    try {
      const { token, lifetimeMs } = await started
      if (issuing === started) goodUntil = now() + (lifetimeMs > 0 ? lifetimeMs : 0) - marginMs
      return token
    } catch (thrown) {
      if (issuing === started) issuing = undefined
      throw thrown
    }
  }
}
