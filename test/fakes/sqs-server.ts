import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import {
  acknowledgeMessage,
  addMessage,
  openQueueDatabase,
  receiveMessage,
} from '../../lib/adapters/queue/in-process/messages.ts'
import { formatRecord } from '../../lib/adapters/queue/in-process/record.ts'
import type { Clock } from '../../lib/ports.ts'
import { startHttpServer } from '../servers/http-server.ts'

interface Entry {
  readonly Id: string
  readonly MessageBody: string
  readonly MessageGroupId: string
  readonly MessageDeduplicationId: string
}

/** What is read of a request's JSON. */
interface Input {
  readonly QueueUrl?: string
  readonly Entries?: readonly Entry[]
  readonly ReceiptHandle?: string
}

export interface SqsServer {
  readonly url: string
  readonly queueUrls: { readonly watch: string; readonly sync: string }
  readonly visibilityTimeoutMs: number
  /** Numbers of entries of each batch that was sent. */
  readonly batches: readonly number[]
  /** A returned name is answered as the error, and nothing is done. */
  refuse: (action: string) => string | undefined
  /** Which entries of a batch are answered as failed, and not taken. */
  refuseEntry: (entry: Entry) => boolean
  close(): Promise<void>
}

const md5 = (body: string) => createHash('md5').update(body).digest('hex')
const receiving = { visibilityTimeoutMs: 330_000, maxReceiveCount: 5 }

/** Two FIFO queues of SQS on loopback, in the wire format of AWS, over the messages of the in-process queue. */
export async function startSqsServer(clock: Pick<Clock, 'now'>): Promise<SqsServer> {
  const database = openQueueDatabase(':memory:')
  const batches: number[] = []
  const work = (action: string, { QueueUrl, Entries = [], ReceiptHandle = '' }: Input) =>
    database.write((db) => {
      const queue = QueueUrl?.endsWith('watch.fifo') ? 'watch' : 'sync'
      if (action === 'DeleteMessage') return acknowledgeMessage(db, JSON.parse(ReceiptHandle))
      if (action === 'ReceiveMessage') {
        const message = receiveMessage(db, queue, { ...receiving, now: clock.now() })
        return { Messages: message ? [formatReceived(formatRecord(message), message)] : [] }
      }
      batches.push(Entries.length)
      const taken = Entries.filter((entry) => !server.refuseEntry(entry))
      for (const entry of taken) {
        const { MessageBody: body, MessageGroupId: groupId, MessageDeduplicationId: dedupId } = entry
        addMessage(db, { queue, body, groupId, dedupId }, clock.now())
      }
      return {
        Successful: taken.map(({ Id, MessageBody }) => ({
          Id,
          MessageId: Id,
          MD5OfMessageBody: md5(MessageBody),
        })),
        Failed: Entries.filter((entry) => !taken.includes(entry)).map(({ Id }) => ({
          Id,
          Code: 'InternalError',
          SenderFault: false,
        })),
      }
    })
  const http = await startHttpServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const refusal = server.refuse(action)
    const input: Input = JSON.parse(await text(request))
    const body =
      refusal === undefined ? work(action, input) : { __type: refusal, message: 'canary-queue-message' }
    response.writeHead(refusal === undefined ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(body ?? {}))
  })
  const server: SqsServer = {
    url: http.url,
    queueUrls: { watch: `${http.url}/000000000000/watch.fifo`, sync: `${http.url}/000000000000/sync.fifo` },
    visibilityTimeoutMs: receiving.visibilityTimeoutMs,
    batches,
    refuse: () => undefined,
    refuseEntry: () => false,
    close: async () => {
      await http.close()
      database.close()
    },
  }
  return server
}

function formatReceived(
  { messageId, body, attributes }: ReturnType<typeof formatRecord>,
  receipt: { readonly number: number; readonly receipt: string },
) {
  const ReceiptHandle = JSON.stringify({ number: receipt.number, receipt: receipt.receipt })
  return { MessageId: messageId, ReceiptHandle, Body: body, MD5OfBody: md5(body), Attributes: attributes }
}
