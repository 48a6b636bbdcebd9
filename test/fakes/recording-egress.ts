import type { Egress, EgressRequest } from '../../lib/adapters/egress/egress.ts'

export interface RecordingEgress {
  readonly send: Egress
  readonly requests: readonly EgressRequest[]
  /** How the next requests are answered. */
  answer: (request: EgressRequest) => { readonly status: number; readonly body: string }
}

/** An egress that leaves nothing out: it notes requests, and answers as it is told. */
export function createRecordingEgress(answer: RecordingEgress['answer']): RecordingEgress {
  const requests: EgressRequest[] = []
  const egress: RecordingEgress = {
    requests,
    answer,
    async send(request) {
      requests.push(request)
      const { status, body } = egress.answer(request)
      return { url: new URL(request.url), status, headers: {}, body: Buffer.from(body) }
    },
  }
  return egress
}

/** The JSON body of a request. */
export function readJsonBody({ body }: EgressRequest): unknown {
  return JSON.parse(Buffer.from(body ?? '').toString('utf8'))
}
