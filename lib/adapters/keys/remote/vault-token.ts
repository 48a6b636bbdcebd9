import type { Egress } from '../../egress/egress.ts'
import { keepToken, type ReadToken } from '../../tokens/keep-token.ts'
import { requestToken } from '../../tokens/request-token.ts'
import { keyTokenCodes } from './token-codes.ts'

/** How to log in to a Vault: with a token that somebody keeps fresh, or as an AppRole. */
export type VaultLogin = { readonly token: string } | { readonly roleId: string; readonly secretId: string }

export interface VaultTokenOptions {
  readonly egress: Egress
  /** In the one spelling of `normalizeAddress`. */
  readonly address: string
  readonly namespace?: string
  readonly login: VaultLogin
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number
}

/**
 * Tokens of one Vault or OpenBao.
 * @throws {SyncError} (from the closure) SopsKeyAccessDenied, SopsKeyServiceUnavailable, EgressForbidden
 * @see https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle
 */
export function createVaultToken({ egress, address, namespace, login, now }: VaultTokenOptions): ReadToken {
  if ('token' in login) return async () => login.token
  const issue = () =>
    requestToken(egress, {
      url: `${address}/v1/auth/approle/login`,
      headers: { 'x-vault-request': 'true', ...(namespace && { 'x-vault-namespace': namespace }) },
      body: { json: { role_id: login.roleId, secret_id: login.secretId } },
      tokenPath: ['auth', 'client_token'],
      lifetimePath: ['auth', 'lease_duration'],
      codes: keyTokenCodes,
    })
  return keepToken(issue, now)
}
