import { createHash } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { startHttpServer } from '../servers/http-server.ts'

interface Input {
  readonly TableName?: string
  readonly SecretId?: string
  readonly QueueUrl?: string
  readonly Entries?: readonly { readonly MessageBody: string }[]
}

export interface AwsCall {
  /** Such as `PutItem`. */
  readonly action: string
  readonly input: Input
}

/**
 * AWS on loopback for one test, as far as the wiring of functions needs it: every secret is `webhook-secret`, every
 * queue takes everything, every table is empty.
 */
export async function startAwsServer(): Promise<{
  readonly url: string
  readonly calls: readonly AwsCall[]
}> {
  const calls: AwsCall[] = []
  const server = await startHttpServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const call: AwsCall = { action, input: (await json(request)) as Input }
    calls.push(call)
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(answer(call)))
  })
  onTestFinished(server.close)
  return { url: server.url, calls }
}

function answer({ action, input: { Entries = [] } }: AwsCall): unknown {
  switch (action) {
    case 'GetSecretValue':
      return { SecretString: 'webhook-secret' }
    case 'Query':
      return { Items: [], Count: 0 }
    case 'SendMessageBatch':
      return {
        Successful: Entries.map(({ MessageBody }, n) => ({
          Id: String(n),
          MD5OfMessageBody: md5(MessageBody),
        })),
      }
    default:
      return {}
  }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
