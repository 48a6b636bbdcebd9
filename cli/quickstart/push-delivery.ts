import { createHmac, randomUUID } from 'node:crypto'

/** One line that Git gives a post-receive hook: ids of 40 hex characters and the full name of a ref. */
export interface RefUpdate {
  readonly before: string
  readonly after: string
  readonly ref: string
}

/** Reads the standard input of a post-receive hook. */
export function parseRefUpdates(text: string): RefUpdate[] {
  return text
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([before, after, ref]) => (before && after && ref ? [{ before, after, ref }] : []))
}

/** `pushedAt` is in milliseconds since the epoch. */
export interface PushContext {
  readonly cloneUrl: string
  readonly secret: string
  readonly pushedAt: number
  readonly pusher: string
}

/** A push as GitHub delivers it: body and headers, signed with `secret`. */
export function createPushDelivery(
  update: RefUpdate,
  { cloneUrl, secret, pushedAt, pusher }: PushContext,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const zero = /^0+$/
  const body = JSON.stringify({
    ...update,
    created: zero.test(update.before),
    deleted: zero.test(update.after),
    forced: false,
    pusher: { name: pusher },
    repository: {
      clone_url: cloneUrl,
      html_url: cloneUrl.replace(/\.git$/, ''),
      default_branch: 'main',
      pushed_at: Math.floor(pushedAt / 1000),
    },
    commits: [],
  })
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'smc-quickstart-hook',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  }
}
