import type { ClientChannel } from 'ssh2'
import { SyncError } from '../../../core/errors.ts'
import { networkCodes } from '../wire/transport.ts'

export interface Output {
  readonly output: Uint8Array
  /** `null` where the server did not say. */
  readonly exitCode: number | null
}

export interface OutputOptions {
  readonly input: string
  readonly maxOutputBytes: number
}

/**
 * Writes `input`, ends it and collects what comes until the command ends.
 * @throws {SyncError} GitFetchTooLarge as soon as more than `maxOutputBytes` came
 */
export function collectOutput(
  channel: ClientChannel,
  { input, maxOutputBytes }: OutputOptions,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let receivedBytes = 0
    let exitCode: number | null = null
    channel.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length
      if (receivedBytes <= maxOutputBytes) return chunks.push(chunk)
      reject(new SyncError(networkCodes.tooLarge, { data: { limitBytes: maxOutputBytes } }))
      return channel.destroy()
    })
    // Words for people, which may hold anything.
    channel.stderr.resume()
    channel.once('exit', (code: number | null) => {
      exitCode = code
    })
    channel.once('error', reject)
    channel.once('close', () => resolve({ output: Buffer.concat(chunks), exitCode }))
    channel.end(input)
  })
}
