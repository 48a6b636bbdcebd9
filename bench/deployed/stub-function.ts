import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import type { RecordedCall } from './recorder.ts'

/** What a function of the stub does: calls that were recorded, waves of them, and then the next hop. */
export interface StubPhase {
  readonly waves: readonly (readonly StubCall[])[]
  /** Queue and phase that follow. */
  readonly next?: { readonly queueUrl: string; readonly phase: StubPhaseName }
}
export type StubPhaseName = 'webhook' | 'watch' | 'sync'
/** A call, and the server that it goes to. */
export type StubCall = Omit<RecordedCall, 'startedAt' | 'endedAt'> & { readonly base: string }
export interface StubPlan {
  readonly awsUrl: string
  readonly phases: Readonly<Record<StubPhaseName, StubPhase>>
}

interface StubEvent {
  readonly phase?: StubPhaseName
  readonly Records?: readonly { readonly body: string }[]
}

const agent = new Agent({ keepAlive: true })
const plan: StubPlan = JSON.parse(readFileSync(join(import.meta.dirname, 'plan.json'), 'utf8'))

/** Makes the calls of one function of the service, and nothing else. */
export async function handler(event: StubEvent): Promise<object> {
  const phase = event.phase ?? JSON.parse(event.Records?.[0]?.body ?? '{}').phase
  const { waves, next } = plan.phases[phase as StubPhaseName]
  for (const wave of waves) await Promise.all(wave.map(send))
  if (next) await sendMessage(next)
  return { batchItemFailures: [] }
}

async function sendMessage({ queueUrl, phase }: NonNullable<StubPhase['next']>): Promise<void> {
  const Entries = [
    {
      Id: '0',
      MessageBody: JSON.stringify({ phase }),
      MessageGroupId: 'stub',
      MessageDeduplicationId: randomUUID(),
    },
  ]
  await send({
    base: plan.awsUrl,
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessageBatch' },
    body: Buffer.from(JSON.stringify({ QueueUrl: queueUrl, Entries })).toString('base64'),
  })
}

/** What creates something has to be new each time. */
async function send({ base, method, path, headers, body }: StubCall): Promise<void> {
  const { hostname, port } = new URL(base)
  const text = Buffer.from(body, 'base64')
  const content = headers['x-amz-target']?.endsWith('PutSecretValue')
    ? Buffer.from(
        text.toString().replace(/"ClientRequestToken":"[^"]*"/, `"ClientRequestToken":"${randomUUID()}"`),
      )
    : text
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path, agent, headers: { ...headers, 'content-length': content.length } },
      (answer) => answer.resume().on('end', resolve),
    )
    outgoing.on('error', reject).end(content)
  })
}
