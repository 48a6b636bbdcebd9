import { createHmac } from 'node:crypto'
import type { RawDelivery } from '../../lib/core/source/host-event.ts'

/** A delivery as GitHub signs it. */
export function signDelivery(
  payload: unknown,
  options: { readonly secret?: string; readonly event?: string } = {},
): RawDelivery & { readonly headers: Readonly<Record<string, string>> } {
  const { secret = 'webhook-secret', event = 'push' } = options
  const body = payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload))
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${signature}`,
    },
  }
}

/** The fields of a push that are read. */
export const pushPayload = {
  ref: 'refs/heads/main',
  before: '6113728f27ae82c7b1a177c8d03f9e96e0adf246',
  after: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
  deleted: false,
  repository: {
    clone_url: 'https://github.com/acme/platform.git',
    html_url: 'https://github.com/acme/platform',
    ssh_url: 'git@github.com:acme/platform.git',
  },
}
