import { parseDocument } from 'yaml'
import * as z from 'zod/mini'
import { SyncError } from '../../core/errors.ts'

/** Where a cluster answers, and who the service is there. */
export interface ClusterAccess {
  /** The https address of its API, without a slash at the end. */
  readonly server: string
  /** PEM certificates to trust instead of the public ones; the public ones where absent. */
  readonly ca?: string
  /** The name in the server's certificate, where it is not that of the address. */
  readonly serverName?: string
  readonly identity: ClusterIdentity
}

export type ClusterIdentity =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'certificate'; readonly certificate: string; readonly key: string }
  /** The AWS principal of the process, by a token that it signs. */
  | { readonly kind: 'eks'; readonly cluster: string; readonly region: string }

const text = z.string().check(z.minLength(1))

const cluster = z.looseObject({
  server: text,
  'certificate-authority-data': z.optional(text),
  'tls-server-name': z.optional(text),
})

const user = z.looseObject({
  token: z.optional(text),
  'client-certificate-data': z.optional(text),
  'client-key-data': z.optional(text),
  exec: z.optional(z.looseObject({ command: text, args: z._default(z.array(z.string()), []) })),
})

const schema = z.looseObject({
  'current-context': text,
  clusters: z.array(z.object({ name: text, cluster })),
  users: z.array(z.object({ name: text, user })),
  contexts: z.array(z.object({ name: text, context: z.looseObject({ cluster: text, user: text }) })),
})

/** What would weaken the connection, read files of the machine or act for somebody else. */
const refusedOfCluster = ['certificate-authority', 'insecure-skip-tls-verify', 'proxy-url'] as const
const refusedOfUser = [
  'as',
  'as-groups',
  'as-uid',
  'as-user-extra',
  'auth-provider',
  'client-certificate',
  'client-key',
  'password',
  'tokenFile',
  'username',
] as const

/**
 * The current context of a kubeconfig, which holds everything itself: a server, its CA and a token, a certificate or
 * the `exec` block that `aws eks update-kubeconfig` writes. Nothing is run for that block: it is read for the name of
 * the cluster.
 * @throws {SyncError} ClusterCredentialsInvalid, naming the field and never a value
 */
export function parseKubeconfig(yaml: string): ClusterAccess {
  const parsed = schema.safeParse(readYaml(yaml))
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join('.') || 'kubeconfig')
  const { contexts, clusters, users, ...config } = parsed.data
  const context = contexts.find(({ name }) => name === config['current-context'])?.context
  const target = clusters.find(({ name }) => name === context?.cluster)?.cluster
  const who = users.find(({ name }) => name === context?.user)?.user
  if (!target || !who) throw invalid('current-context')
  refuse(target, refusedOfCluster, 'cluster')
  refuse(who, refusedOfUser, 'user')
  const ca = target['certificate-authority-data']
  const serverName = target['tls-server-name']
  return {
    server: parseServer(target.server),
    ...(ca !== undefined && { ca: decode(ca) }),
    ...(serverName !== undefined && { serverName }),
    identity: readIdentity(who),
  }
}

function readIdentity(who: z.infer<typeof user>): ClusterIdentity {
  const { token, exec, 'client-certificate-data': certificate, 'client-key-data': key } = who
  if (token !== undefined) return { kind: 'token', token }
  if (certificate !== undefined && key !== undefined) {
    return { kind: 'certificate', certificate: decode(certificate), key: decode(key) }
  }
  if (!exec) throw invalid('user.token')
  const { cluster: name, region } = /^(?:\S*\/)?aws$/.test(exec.command) ? readOptions(exec.args) : {}
  if (name === undefined || region === undefined) throw invalid('user.exec')
  return { kind: 'eks', cluster: name, region }
}

/** Of `aws --region R eks get-token --cluster-name C --output json`; nothing where it says anything else. */
function readOptions(args: readonly string[]): { readonly cluster?: string; readonly region?: string } {
  const line = args.join(' ')
  const form =
    /^(?:--region (?<before>[a-z0-9-]+) )?eks get-token --cluster-name (?<cluster>[\w-]{1,100})(?: --region (?<after>[a-z0-9-]+))?(?: --output json)?$/
  const { cluster, before, after } = { ...form.exec(line)?.groups }
  const region = before ?? after
  return { ...(cluster !== undefined && { cluster }), ...(region !== undefined && { region }) }
}

function parseServer(address: string): string {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw invalid('cluster.server')
  }
  return url.href.replace(/\/+$/, '')
}

function refuse(fields: Readonly<Record<string, unknown>>, names: readonly string[], part: string): void {
  const found = names.find((name) => ![undefined, null, false, ''].includes(fields[name] as undefined))
  if (found !== undefined) throw invalid(`${part}.${found}`)
}

/** Parsers quote what they read, so what they say is dropped. */
function readYaml(yaml: string): unknown {
  const document = parseDocument(yaml, { logLevel: 'silent' })
  return document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 10 })
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8')
}

function invalid(field: string): SyncError {
  return new SyncError('ClusterCredentialsInvalid', { data: { field } })
}
