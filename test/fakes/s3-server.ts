import { createHash } from 'node:crypto'
import { startHttpServer } from '../servers/http-server.ts'

export interface S3Server {
  readonly url: string
  /** Objects of every bucket, by key. */
  readonly objects: Map<string, string | Uint8Array>
  /** Method and key of each request. */
  readonly calls: string[]
  /** Called before a request is answered; a returned code is answered as the error. */
  refuse: (call: string) => string | undefined
  close(): Promise<void>
}

const pageSize = 2

/** S3 on loopback: lists pages of two objects and reads them. */
export async function startS3Server(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const calls: string[] = []
  const http = await startHttpServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://s3.test')
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'))
    const call = key === '' ? 'list' : `get ${key}`
    calls.push(call)
    const error = server.refuse(call) ?? (key !== '' && !objects.has(key) ? 'NoSuchKey' : undefined)
    if (error) {
      response.writeHead(error === 'NoSuchKey' ? 404 : 403, { 'content-type': 'application/xml' })
      response.end(`<Error><Code>${error}</Code><Message>canary-s3-message</Message></Error>`)
    } else if (key === '') {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(listPage(objects, url.searchParams))
    } else {
      const content = Buffer.from(objects.get(key) ?? '')
      response.writeHead(200, { etag: formatEtag(content) }).end(content)
    }
  })
  const server: S3Server = { url: http.url, objects, calls, refuse: () => undefined, close: http.close }
  return server
}

function listPage(objects: S3Server['objects'], query: URLSearchParams): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort()
  const start = Number(query.get('continuation-token') ?? 0)
  const contents = keys.slice(start, start + pageSize).map((key) => {
    const content = Buffer.from(objects.get(key) ?? '')
    return `<Contents><Key>${key}</Key><ETag>${formatEtag(content)}</ETag><Size>${content.length}</Size></Contents>`
  })
  const next = start + pageSize
  const more = next < keys.length ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''
  return `<ListBucketResult>${contents.join('')}${more}</ListBucketResult>`
}

function formatEtag(content: Uint8Array): string {
  return `"${createHash('md5').update(content).digest('hex')}"`
}
