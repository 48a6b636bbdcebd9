import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { startHttpServer } from '../../../servers/http-server.ts'

/** Secrets Manager in two voices: one emulator says who may, the other what happens. */
export interface SecretsManagerForwarder {
  readonly url: string
  /** Calls in their order, as far as they matter here. */
  readonly calls: readonly SecretsManagerCall[]
  /** URL of an emulator that checks signatures and policies; without one everybody may do everything. */
  judge: string | undefined
  /** Told of each call that was carried out, before its answer leaves; `lost` keeps the answer back. */
  interfere: ((call: SecretsManagerCall) => Promise<'lost' | undefined>) | undefined
  close(): Promise<void>
}

export interface SecretsManagerCall {
  readonly action: string
  readonly name: string
  readonly isDenied: boolean
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const denials =
  /AccessDenied|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|RequestTimeTooSkewed|ExpiredToken|InvalidClientTokenId/

/**
 * Starts the forwarder before `answerer`. The judge gets each request byte for byte, so that its signature verifies;
 * the answerer checks none, so there the ARNs that the judge gave out are replaced by its own, and back in the
 * answer. One call at a time: moto answers 500 when creations race.
 */
export async function startSecretsManagerForwarder(answerer: string): Promise<SecretsManagerForwarder> {
  const calls: SecretsManagerCall[] = []
  const arnPairs: (readonly [judged: string, answered: string])[] = []
  let last: Promise<unknown> = Promise.resolve()

  const serve = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const verdict = forwarder.judge === undefined ? null : await send(forwarder.judge, incoming, body)
    const isDenied = verdict !== null && verdict.status >= 400 && denials.test(verdict.body.toString())
    const call = { ...parseCall(incoming, body), isDenied }
    calls.push(call)
    if (verdict && isDenied) return verdict
    const answer = await send(answerer, incoming, replaceArns(body, arnPairs, 'toAnswerer'))
    const pair = [readArn(verdict?.body), readArn(answer.body)] as const
    if (pair[0] && pair[1] && pair[0] !== pair[1]) arnPairs.push([pair[0], pair[1]])
    if ((await forwarder.interfere?.(call)) === 'lost') throw new Error('the answer is lost')
    return { ...answer, body: replaceArns(answer.body, arnPairs, 'toJudge') }
  }

  const http = await startHttpServer(async (incoming, response) => {
    const body = await buffer(incoming)
    const turn = last.then(() => serve(incoming, body))
    last = turn.catch(() => undefined)
    try {
      const { status, headers, body: answered } = await turn
      const { 'transfer-encoding': _, ...others } = headers
      response.writeHead(status, { ...others, 'content-length': answered.length }).end(answered)
    } catch {
      response.destroy()
    }
  })
  const forwarder: SecretsManagerForwarder = {
    url: http.url,
    calls,
    judge: undefined,
    interfere: undefined,
    close: http.close,
  }
  return forwarder
}

async function send(base: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const { hostname, port } = new URL(base)
  return await new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path: url, headers: { ...headers, 'content-length': body.length } },
      async (response) => {
        const answered = await buffer(response)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answered })
      },
    )
    outgoing.on('error', reject).end(body)
  })
}

function parseCall({ headers }: IncomingMessage, body: Buffer) {
  const input = JSON.parse(body.toString()) as { readonly Name?: string; readonly SecretId?: string }
  const action = String(headers['x-amz-target']).split('.').at(-1) ?? ''
  return { action, name: input.Name ?? input.SecretId ?? '' }
}

function readArn(body: Buffer | undefined): string | undefined {
  const [, arn] = /"ARN":\s*"([^"]+)"/.exec(body?.toString() ?? '') ?? []
  return arn
}

function replaceArns(
  body: Buffer,
  pairs: readonly (readonly [judged: string, answered: string])[],
  direction: 'toAnswerer' | 'toJudge',
): Buffer {
  if (pairs.length === 0) return body
  const text = pairs.reduce(
    (replaced, [judged, answered]) =>
      direction === 'toAnswerer'
        ? replaced.replaceAll(judged, answered)
        : replaced.replaceAll(answered, judged),
    body.toString(),
  )
  return Buffer.from(text)
}
