import type { components } from '@octokit/openapi-webhooks-types'
import { verifyWithFallback } from '@octokit/webhooks-methods'
import * as z from 'zod/mini'
import { SyncError } from '../../core/errors.ts'
import type { HostEvent, PushedRef, RawDelivery } from '../../core/source/host-event.ts'
import type { GitHost } from '../../ports.ts'
import { readJsonPayload } from './json-payload.ts'

type PushPayload = components['schemas']['webhook-push']

/** Only the SHA-256 signature counts; the SHA-1 header that GitHub sends beside it is not read. */
const signatureShape = /^sha256=[0-9a-f]{64}$/

const objectIdShape = /^([0-9a-f]{40}|[0-9a-f]{64})$/

const optionalText = z.nullish(z.string())

/** The few fields that are read. GitHub promises them; a forger of a stolen secret does not, so each may lack. */
const pushSchema = z.object({
  ref: optionalText,
  after: optionalText,
  deleted: z.nullish(z.boolean()),
  // Who pushed is only told to people: no reason to refuse a delivery.
  pusher: z.catch(z.nullish(z.object({ name: optionalText })), null),
  sender: z.catch(z.nullish(z.object({ login: optionalText })), null),
  repository: z.nullish(
    z.object({
      clone_url: optionalText,
      html_url: optionalText,
      ssh_url: optionalText,
    } satisfies Partial<Record<keyof PushPayload['repository'], unknown>>),
  ),
} satisfies Partial<Record<keyof PushPayload, unknown>>)

/**
 * Webhooks of GitHub and GitHub Enterprise Server.
 * @see https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const github: GitHost = {
  async verify({ headers, body }, readSecrets) {
    const signature = headers['x-hub-signature-256'] ?? ''
    const text = decodeSignedText(body)
    if (!signatureShape.test(signature) || text === null) throw new SyncError('SignatureInvalid')
    const [secret = '', ...olderSecrets] = await readSecrets()
    if (!(await verifyWithFallback(secret, text, signature, olderSecrets))) {
      throw new SyncError('SignatureInvalid')
    }
  },

  readEvent(delivery) {
    switch (delivery.headers['x-github-event']) {
      case undefined:
        throw new SyncError('PayloadInvalid', { data: { header: 'x-github-event' } })
      case 'ping':
        return { kind: 'ping' }
      case 'push':
        return readPush(delivery)
      default:
        return { kind: 'other' }
    }
  },
}

function readPush(delivery: RawDelivery): HostEvent {
  const { data: push } = pushSchema.safeParse(readJsonPayload(delivery))
  if (!push) throw new SyncError('PayloadInvalid', { data: { event: 'push' } })
  const { clone_url, html_url, ssh_url } = push.repository ?? {}
  const pusher = push.sender?.login ?? push.pusher?.name
  return {
    kind: 'push',
    repositoryUrls: [clone_url, html_url, ssh_url].filter((url) => typeof url === 'string'),
    refs: [readRef(push)],
    ...(pusher ? { pusher } : {}),
  }
}

function readRef({ ref, after, deleted }: z.infer<typeof pushSchema>): PushedRef {
  const name = ref ?? null
  if (deleted === true || isZeroObjectId(after)) return { name, deleted: true }
  return { name, deleted: false, ...(after && objectIdShape.test(after) ? { commit: after } : {}) }
}

/** Git's name for "no object": 40 zeros, or 64 under SHA-256. */
function isZeroObjectId(objectId: string | null | undefined): boolean {
  return objectId !== null && objectId !== undefined && /^(0{40}|0{64})$/.test(objectId)
}

/**
 * The body as the text that `@octokit/webhooks-methods` computes the HMAC over, exactly as many bytes again; `null`
 * where there is none, so that nothing but the received bytes is ever compared. GitHub signs UTF-8 only.
 */
function decodeSignedText(body: Uint8Array): string | null {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  return text !== '' && Buffer.from(text, 'utf8').equals(body) ? text : null
}
