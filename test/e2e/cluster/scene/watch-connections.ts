import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { afterEach, beforeEach } from 'vitest'

const channel = 'net.client.socket'

/** Every address that this process tries to connect to during a test, such as `127.0.0.1:443`, come to it or not. */
export function watchConnections(): { readonly attempts: readonly string[] } {
  const attempts: string[] = []
  const watch = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket }
    socket.on('connectionAttempt', (address, port) => attempts.push(`${address}:${port}`))
  }
  beforeEach(() => {
    attempts.length = 0
    subscribe(channel, watch)
  })
  afterEach(() => void unsubscribe(channel, watch))
  return { attempts }
}
