import { createHash, createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { startHttpServer } from '../../../servers/http-server.ts'

/** Who an AWS principal is in the cluster. */
export interface AccessEntry {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly groups: readonly string[]
}

export interface EksAuthenticator {
  /** What the API server is told to ask. */
  readonly configFile: string
  /** The signed requests to STS that it was shown as tokens. */
  readonly urls: readonly string[]
  close(): Promise<void>
}

interface TokenReview {
  readonly apiVersion: string
  readonly spec: { readonly token: string }
}

/** The parameters that the authenticator lets pass to STS, each once. */
const parameters = [
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
]
const usableMs = 15 * 60_000

/**
 * What EKS puts beside its API servers, on loopback: it takes a token for the principal that has signed it for this
 * cluster, and does itself what STS does.
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go
 */
export async function startEksAuthenticator(
  cluster: string,
  entries: readonly AccessEntry[],
): Promise<EksAuthenticator> {
  const folder = mkdtempSync(join(tmpdir(), 'smc-eks-'))
  const urls: string[] = []
  const server = await startHttpServer(async (request, response) => {
    const { apiVersion, spec } = (await json(request)) as TokenReview
    const url = readToken(spec.token)
    if (url) urls.push(url.href)
    const entry = url && findSigner(url, cluster, entries)
    const user = entry && { username: entry.accessKeyId, groups: entry.groups }
    const status = { authenticated: user !== undefined, ...(user && { user }) }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ apiVersion, kind: 'TokenReview', status }))
  })
  const configFile = join(folder, 'webhook.json')
  writeFileSync(configFile, JSON.stringify(formatWebhookConfig(server.url)))
  return {
    configFile,
    urls,
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readToken(token: string): URL | null {
  const prefix = 'k8s-aws-v1.'
  if (token.length > 4096 || !token.startsWith(prefix)) return null
  const url = URL.parse(Buffer.from(token.slice(prefix.length), 'base64url').toString())
  const isSts = url?.protocol === 'https:' && /^sts\.[a-z0-9-]+\.amazonaws\.com$/.test(url.host)
  return isSts ? url : null
}

function findSigner(url: URL, cluster: string, entries: readonly AccessEntry[]): AccessEntry | undefined {
  const query = url.searchParams
  const names = [...query.keys()]
  const isKnown = names.every((name) => parameters.includes(name)) && new Set(names).size === names.length
  if (!isKnown || url.pathname !== '/' || query.get('Action') !== 'GetCallerIdentity') return undefined
  const [accessKeyId = '', day = '', region = ''] = query.get('X-Amz-Credential')?.split('/') ?? []
  const entry = entries.find((known) => known.accessKeyId === accessKeyId)
  const date = query.get('X-Amz-Date') ?? ''
  if (!entry || Math.abs(Date.now() - parseDate(date)) > usableMs) return undefined
  const canonical = [
    'GET',
    '/',
    url.search.slice(1).replace(/&X-Amz-Signature=[0-9a-f]{64}$/, ''),
    `host:${url.host}`,
    `x-k8s-aws-id:${cluster}`,
    '',
    'host;x-k8s-aws-id',
    sha256(''),
  ].join('\n')
  const scope = `${day}/${region}/sts/aws4_request`
  const key = [day, region, 'sts', 'aws4_request'].reduce(sign, Buffer.from(`AWS4${entry.secretAccessKey}`))
  const signature = sign(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
  return query.get('X-Amz-Signature') === signature.toString('hex') ? entry : undefined
}

function sign(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Of `20260131T080000Z`. */
function parseDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'))
}

function formatWebhookConfig(server: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'authenticator', cluster: { server } }],
    users: [{ name: 'api-server', user: {} }],
    contexts: [{ name: 'webhook', context: { cluster: 'authenticator', user: 'api-server' } }],
    'current-context': 'webhook',
  }
}
