import { describeResource } from '../../lib/core/status/resource-status.ts'
import { startHttpServer } from '../../test/servers/http-server.ts'
import { createHead } from './head.ts'
import { createConfig, createSource } from './objects.ts'

/** The API of a cluster with `count` sources and configs, in a process of its own; prints its URL. */
const count = Number(process.argv[2])
const configs: string[] = []
const sources: string[] = []
for (let n = 0; n < count; n++) {
  configs.push(JSON.stringify(createConfig(n, describeResource(await createHead(n)))))
  sources.push(JSON.stringify(createSource(n)))
}

const server = await startHttpServer((request, response) => {
  const url = new URL(request.url ?? '', 'https://kube.test')
  const items = url.pathname.endsWith('/gitrepositories') ? sources : configs
  const start = Number(url.searchParams.get('continue') ?? 0)
  const end = start + Number(url.searchParams.get('limit'))
  const metadata = { resourceVersion: '1', ...(end < items.length && { continue: String(end) }) }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(`{"metadata":${JSON.stringify(metadata)},"items":[${items.slice(start, end).join(',')}]}`)
}, 'https')
process.stdout.write(`${server.url}\n`)
