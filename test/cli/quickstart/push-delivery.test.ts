import { verify } from '@octokit/webhooks-methods'
import { describe, expect, it } from 'vitest'
import { createPushDelivery, parseRefUpdates } from '../../../cli/quickstart/push-delivery.ts'

const a = 'a'.repeat(40)
const zero = '0'.repeat(40)

describe('parseRefUpdates', () => {
  it.each([
    [`${a} ${zero} refs/heads/main\n`, [{ before: a, after: zero, ref: 'refs/heads/main' }]],
    [`${a} ${a} refs/heads/x\n${zero} ${a} refs/tags/v1\n`, 2],
    ['', []],
    ['nonsense\n', []],
  ])('reads %j', (text, expected) => {
    const updates = parseRefUpdates(text)
    if (typeof expected === 'number') expect(updates).toHaveLength(expected)
    else expect(updates).toEqual(expected)
  })
})

describe('createPushDelivery', () => {
  it('signs what GitHub would send', async () => {
    const update = { before: zero, after: a, ref: 'refs/heads/main' }
    const options = {
      cloneUrl: 'http://127.0.0.1:1/git/shop.git',
      secret: 's3cret',
      pushedAt: 1_700_000_000_999,
      pusher: 'ada',
    }
    const { body, headers } = createPushDelivery(update, options)
    expect(await verify('s3cret', body, headers['x-hub-signature-256'] ?? '')).toBe(true)
    expect(JSON.parse(body)).toMatchObject({
      ...update,
      created: true,
      deleted: false,
      pusher: { name: 'ada' },
      repository: { clone_url: options.cloneUrl, pushed_at: 1_700_000_000 },
    })
  })
})
