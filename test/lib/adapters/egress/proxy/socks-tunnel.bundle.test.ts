import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, expect, it } from 'vitest'
import type { openSocksTunnel } from '../../../../../lib/adapters/egress/proxy/socks-tunnel.ts'
import { startHttpServer } from '../../../../servers/http-server.ts'
import { startSocksServer } from '../../../../servers/socks-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** As a function is bundled, what is imported lazily a file of its own: see infra/esbuild.yml. */
async function bundle(): Promise<{ readonly openSocksTunnel: typeof openSocksTunnel }> {
  await build({
    absWorkingDir: join(import.meta.dirname, '../../../../..'),
    entryPoints: ['lib/adapters/egress/proxy/socks-tunnel.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
    },
    logLevel: 'silent',
  })
  return await import(pathToFileURL(join(folder, 'socks-tunnel.mjs')).href)
}

it('opens a tunnel as it is deployed', async () => {
  const bundled = await bundle()
  const server = await startHttpServer((_, response) => response.end('through'))
  const login = { username: 'u', password: 'p' }
  const proxy = await startSocksServer({ login })
  const socket = await bundled.openSocksTunnel({
    proxy: { address: proxy.address, login },
    host: '127.0.0.1',
    port: server.port,
    lookup: (_, __, callback) => callback(new Error('nothing is to be looked up'), ''),
    signal: AbortSignal.timeout(5_000),
  })
  socket.write('GET / HTTP/1.1\r\nhost: server\r\nconnection: close\r\n\r\n')
  expect(await text(socket)).toContain('through')
  await Promise.all([server.close(), proxy.close()])
})
