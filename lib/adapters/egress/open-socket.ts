import { once } from 'node:events'
import net, { type LookupFunction, type Socket } from 'node:net'

export interface SocketRequest {
  readonly host: string
  readonly port: number
  /** Vets the address. */
  readonly lookup: LookupFunction
  /** For opening alone: given to the socket itself it would end an open one, too. */
  readonly signal: AbortSignal
}

/** Opens a TCP connection, and does with it what is to be done in the same time. Errors come as they are. */
export async function openSocket(
  { signal, ...options }: SocketRequest,
  prepare: (socket: Socket) => Promise<void> = async () => {},
): Promise<Socket> {
  const socket = net.connect(options)
  const cut = () => socket.destroy()
  signal.addEventListener('abort', cut, { once: true })
  try {
    await once(socket, 'connect', { signal })
    await prepare(socket)
    return socket
  } catch (thrown) {
    socket.destroy()
    throw thrown
  } finally {
    signal.removeEventListener('abort', cut)
  }
}
