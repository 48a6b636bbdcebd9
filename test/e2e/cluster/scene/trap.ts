import { type AddressInfo, createServer } from 'node:net'

/** A port that nobody has any business with. */
export interface Trap {
  readonly port: number
  /** How many have connected. */
  readonly caught: number
  close(): Promise<void>
}

/** Listens on an address of loopback, and hangs up on whoever comes. */
export async function startTrap(address = '127.0.0.1', port = 0): Promise<Trap> {
  let caught = 0
  const server = createServer((socket) => {
    caught += 1
    socket.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    get caught() {
      return caught
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
