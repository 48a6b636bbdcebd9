import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export interface TestServer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

const tlsFixture = join(import.meta.dirname, '..', 'fixtures', 'tls')

/** The certificate of servers that speak TLS; it names `git.test`, `localhost` and 127.0.0.1. */
export const testCertificate = readFileSync(join(tlsFixture, 'certificate.pem'), 'utf8')

/** Key and certificate of servers that speak TLS. */
export function readTlsFixture(): { readonly key: Buffer; readonly cert: string } {
  return { key: readFileSync(join(tlsFixture, 'key.pem')), cert: testCertificate }
}

/** Answers requests on a free port of loopback, over TLS where asked. */
export async function startHttpServer(
  listener: RequestListener,
  scheme: 'http' | 'https' = 'http',
): Promise<TestServer> {
  const server = scheme === 'https' ? createTlsServer(readTlsFixture(), listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
