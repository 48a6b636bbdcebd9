import net, { type AddressInfo, type Socket } from 'node:net'

export interface SocksServerOptions {
  /** Wanted from every client. */
  readonly login?: { readonly username: string; readonly password: string }
}

/** A SOCKS 5 proxy on loopback. @see https://www.rfc-editor.org/rfc/rfc1928 */
export interface SocksServer {
  readonly address: string
  /** `host:port` of each tunnel. */
  readonly targets: string[]
  close(): Promise<void>
}

export async function startSocksServer({ login }: SocksServerOptions = {}): Promise<SocksServer> {
  const targets: string[] = []
  const open = new Set<Socket>()
  const server = net.createServer((client) => {
    open.add(client)
    client.on('error', () => {})
    void converse(client, login, targets).then((target) => target && open.add(target))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targets,
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function converse(client: Socket, login: SocksServerOptions['login'], targets: string[]) {
  const methods = await nextChunk(client)
  const method = login ? 2 : 0
  if (!methods.subarray(2).includes(method)) return void client.end(Buffer.from([5, 0xff]))
  client.write(Buffer.from([5, method]))
  if (login) {
    const expected = [1, ...withLength(login.username), ...withLength(login.password)]
    if (!Buffer.from(expected).equals(await nextChunk(client))) return void client.end(Buffer.from([1, 1]))
    client.write(Buffer.from([1, 0]))
  }
  const { host, port } = parseTarget(await nextChunk(client))
  targets.push(`${host}:${port}`)
  // Names end on loopback: no test looks any up.
  const server = net.connect(port, net.isIP(host) === 0 ? '127.0.0.1' : host, () => {
    client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
    client.pipe(server).pipe(client)
  })
  server.on('error', () => client.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])))
  return server
}

function nextChunk(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('data', resolve))
}

function withLength(text: string): number[] {
  return [Buffer.byteLength(text), ...Buffer.from(text)]
}

function parseTarget(request: Buffer): { readonly host: string; readonly port: number } {
  const end = request.length - 2
  const isName = request[3] === 3
  const host = isName ? request.toString('latin1', 5, end) : request.subarray(4, end).join('.')
  return { host, port: request.readUInt16BE(end) }
}
