import { SyncError } from '../../../core/errors.ts'
import { signJwt } from '../../../core/jwt.ts'
import { findText } from '../../tokens/json-answer.ts'
import { askGithub } from './ask-github.ts'
import type { MintLogin } from './minted-credentials.ts'

/** A GitHub App that is installed where the repository is. */
export interface GithubAppLogin {
  readonly appId: string
  /** PEM; GitHub gives out PKCS#1. */
  readonly privateKey: string
  /** Without one, the installation of `owner` is looked up. */
  readonly installationId?: string
  /** An organisation or a user. */
  readonly owner?: string
  /** The API of a GitHub Enterprise Server: `https://HOST/api/v3`. */
  readonly apiUrl?: string
}

const publicApi = 'https://api.github.com'

/**
 * A token of the installation, good for an hour, from the key of the app.
 * @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
 */
export const mintGithubAppLogin: MintLogin<GithubAppLogin> = async (login, { egress, now }) => {
  const api = (login.apiUrl ?? publicApi).replace(/\/+$/, '')
  const headers = {
    authorization: `Bearer ${signAppToken(login, now())}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  }
  const id = login.installationId ?? (await findInstallation(login))
  const url = `${api}/app/installations/${encodeURIComponent(id)}/access_tokens`
  const answer = await askGithub(egress, { url, method: 'POST', headers })
  const password = findText(answer, ['token'])
  if (password === '') throw new SyncError('GitAuthFailed', { data: { url, missing: 'token' } })
  const expiresAtMs = Date.parse(findText(answer, ['expires_at'])) || now()
  return { login: { username: 'x-access-token', password }, expiresAtMs }

  async function findInstallation({ owner = '' }: GithubAppLogin): Promise<string> {
    for (const kind of ['orgs', 'users']) {
      const path = `${api}/${kind}/${encodeURIComponent(owner)}/installation`
      const found = findText(await askGithub(egress, { url: path, method: 'GET', headers }), ['id'])
      if (found !== '') return found
    }
    throw new SyncError('GitAuthFailed', { data: { url: api, missing: 'installation' } })
  }
}

/** Half a minute in the past, for a clock that is ahead of GitHub's. */
function signAppToken({ appId, privateKey }: GithubAppLogin, nowMs: number): string {
  const iat = Math.floor(nowMs / 1000) - 30
  try {
    return signJwt({ iss: appId, iat, exp: iat + 120 }, privateKey)
  } catch (cause) {
    throw new SyncError('GitAuthFailed', { data: { login: 'private key of the GitHub App' }, cause })
  }
}
