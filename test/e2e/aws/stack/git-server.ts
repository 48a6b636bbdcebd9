import { type GitHttpServer, startGitHttpServer } from '../../../servers/git-http-server.ts'

/** A Git server that wants a log-in. */
export interface GitServer extends Pick<GitHttpServer, 'createRepository' | 'requests' | 'close'> {
  /** The begin of the URLs of its repositories. */
  readonly url: string
  /** What is kept in Secrets Manager to log in to it. */
  readonly login: string
}

/**
 * Starts a Git server on loopback. It speaks plain http, while its URL says https: functions in the emulator speak
 * http to loopback whatever a URL says.
 */
export async function startGitServer(): Promise<GitServer> {
  const credentials = { username: 'e2e', password: 'e2e-git-password' }
  const server = await startGitHttpServer({ credentials })
  const url = server.url.replace('http:', 'https:')
  return { ...server, url, login: JSON.stringify({ url, ...credentials }) }
}
