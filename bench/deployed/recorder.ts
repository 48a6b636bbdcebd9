import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** One call of a function to AWS, as it can be made again. */
export interface RecordedCall {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Base64. */
  readonly body: string
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number
  readonly endedAt: number
}

/** Stands between functions and an emulator, and writes down what they ask. */
export interface Recorder {
  readonly url: string
  readonly calls: RecordedCall[]
  close(): Promise<void>
}

export async function startRecorder(target: string): Promise<Recorder> {
  const calls: RecordedCall[] = []
  const { hostname, port } = new URL(target)
  const server = createServer(async (incoming, outgoing) => {
    const startedAt = performance.now()
    const body = await buffer(incoming)
    const { method = 'GET', url: path = '/', headers } = incoming
    const forwarded = request({ hostname, port, method, path, headers }, async (answer) => {
      const answered = await buffer(answer)
      const kept = ['host', 'content-type', 'x-amz-target']
      calls.push({
        method,
        path,
        headers: Object.fromEntries(
          kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])),
        ),
        body: body.toString('base64'),
        startedAt,
        endedAt: performance.now(),
      })
      const { 'transfer-encoding': _, ...others } = answer.headers
      outgoing
        .writeHead(answer.statusCode ?? 502, { ...others, 'content-length': answered.length })
        .end(answered)
    })
    forwarded.on('error', () => outgoing.destroy()).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Calls in their order, those together that ran at the same time. */
export function groupByTime<Call extends RecordedCall>(calls: readonly Call[]): Call[][] {
  const waves: Call[][] = []
  let endsAt = Number.NEGATIVE_INFINITY
  for (const call of calls.toSorted((a, b) => a.startedAt - b.startedAt)) {
    if (call.startedAt >= endsAt) waves.push([])
    waves.at(-1)?.push(call)
    endsAt = Math.max(endsAt, call.endedAt)
  }
  return waves
}
