import { createHmac } from 'node:crypto'
import { signRequest, type UnsignedRequest } from '../../../../lib/adapters/aws/sign-request.ts'
import type { Cloud } from './cloud.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
export const webhookSecret = 'e2e-webhook-secret'

export interface HttpAnswer {
  readonly status: number
  readonly body: unknown
}

/** The HTTP API of a deployed stack. */
export interface HttpApi {
  /** Where it is on loopback. */
  readonly url: string
  /** Delivers a push of the repository at `url` as GitHub does; `signature` replaces the right one, `null` is none. */
  deliverPush(
    url: string,
    commit: string,
    options?: { readonly signature: string | null },
  ): Promise<HttpAnswer>
  /** Calls the API, signed with SigV4 unless told otherwise. */
  call(method: 'GET' | 'POST', path: string, options?: { readonly signed: boolean }): Promise<HttpAnswer>
}

/**
 * @param apiUrl as the stack's output says
 * @param secret that deliveries are signed with
 */
export function openHttpApi(cloud: Cloud, apiUrl: string, secret = webhookSecret): HttpApi {
  const [apiId = ''] = new URL(apiUrl).hostname.split('.')
  let deliveries = 0
  const sign = (request: UnsignedRequest) =>
    signRequest(request, { credentials, region: cloud.region, service: 'execute-api', now: Date.now() })
  const base = `${cloud.url}/_aws/execute-api/${apiId}`
  return {
    url: base,
    deliverPush: async (url, commit, options) => {
      const body = formatPush(url, commit)
      deliveries += 1
      const signature = options === undefined ? formatSignature(body, secret) : options.signature
      const headers = {
        'content-type': 'application/json',
        'x-github-event': 'push',
        // A delivery that is repeated by hand has another id.
        'x-github-delivery': `delivery-${deliveries}`,
        ...(signature !== null && { 'x-hub-signature-256': signature }),
      }
      return await readAnswer(await fetch(`${base}/webhooks/github`, { method: 'POST', headers, body }))
    },
    call: async (method, path, { signed } = { signed: true }) => {
      const url = new URL(base + path)
      return await readAnswer(await fetch(url, { method, headers: signed ? sign({ method, url }) : {} }))
    },
  }
}

function formatPush(url: string, commit: string): string {
  const repository = { clone_url: url, html_url: url.replace(/\.git$/, ''), ssh_url: null }
  return JSON.stringify({ ref: 'refs/heads/main', after: commit, deleted: false, repository })
}

function formatSignature(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

async function readAnswer(response: Response): Promise<HttpAnswer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}
