import net, { type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import { testCertificate } from '../../../servers/http-server.ts'
import { startProxyServer } from '../../../servers/proxy-server.ts'
import { startSocksServer } from '../../../servers/socks-server.ts'

let echo: Server
let url: string
const cleanups: (() => Promise<void>)[] = []

beforeEach(async () => {
  echo = net.createServer((socket) => socket.on('error', () => {}).pipe(socket))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  url = `ssh://127.0.0.1:${(echo.address() as AddressInfo).port}`
})
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
  echo.close()
})

const ask = async (socket: Socket, text: string) => {
  const answer = new Promise((resolve) => socket.once('data', resolve))
  socket.write(text)
  return String(await answer)
}

it.each<[string, () => Promise<{ readonly address: string; close(): Promise<void> } | null>]>([
  ['straight', async () => null],
  ['through an http proxy', () => startProxyServer()],
  ['through an https proxy', () => startProxyServer({ scheme: 'https' })],
  ['through a SOCKS proxy', () => startSocksServer()],
])('opens a connection %s that outlives the time for opening it', async (_, start) => {
  const proxy = await start()
  if (proxy) cleanups.push(proxy.close)
  const opening = new AbortController()
  const socket = await createConnect({ allowLoopback: true })({
    url,
    signal: opening.signal,
    unavailable: 'GitUnavailable',
    ...(proxy && { proxy: { address: proxy.address, ca: [testCertificate] } }),
  })
  opening.abort()
  await sleep(20)
  expect(await ask(socket, 'hello')).toBe('hello')
  socket.destroy()
})
