/** One request of Git's smart HTTP protocol. */
export interface SmartRoute {
  /** Path of the repository below the served directory, such as `team/app.git`. */
  readonly repository: string
  /** What follows the repository: `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  readonly resource: string
  readonly service: 'git-upload-pack' | 'git-receive-pack'
  readonly query: string
}

const services: readonly string[] = ['git-upload-pack', 'git-receive-pack'] satisfies SmartRoute['service'][]

/** Names that are plain on every file system, and neither hidden nor an option. */
const segment = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/

/**
 * Reads method and request target as a smart request; `null` for anything else, the dumb protocol included.
 * @see https://git-scm.com/docs/http-protocol
 */
export function parseSmartRoute(method: string | undefined, target: string): SmartRoute | null {
  const [path = '', query = ''] = target.split('?', 2)
  const found = /^\/(.+)\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(path)
  const [, repository = '', resource = ''] = found ?? []
  if (!repository.split('/').every((name) => segment.test(name))) return null
  const advertises = resource === 'info/refs'
  if (method !== (advertises ? 'GET' : 'POST')) return null
  const service = advertises ? new URLSearchParams(query).get('service') : resource
  return isService(service) ? { repository, resource, service, query } : null
}

function isService(name: string | null): name is SmartRoute['service'] {
  return name !== null && services.includes(name)
}
