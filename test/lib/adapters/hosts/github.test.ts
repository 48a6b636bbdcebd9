import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { github } from '../../../../lib/adapters/hosts/github.ts'
import { createDelivery, describeGitHost, type GitHostSample } from '../../../contracts/git-host.ts'

const readFixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/hosts/${name}`, import.meta.url), 'utf8'))

const push = readFixture('github-push.json')
const zeros = '0'.repeat(40)

const sample: GitHostSample = {
  host: github,
  signatureHeader: 'x-hub-signature-256',
  malformedSignatures: [
    'sha256=',
    `sha256=${'0'.repeat(63)}`,
    `sha256=${'0'.repeat(65)}`,
    `sha256=${'A'.repeat(64)}`,
    `sha1=${'0'.repeat(40)}`,
    'x'.repeat(71),
  ],
  eventHeader: 'x-github-event',
  pushEvent: 'push',
  otherEvent: 'pull_request',
  push,
  deletion: { ...push, deleted: true, after: zeros },
  repositoryUrls: [
    'https://github.com/acme/platform.git',
    'https://github.com/acme/platform',
    'git@github.com:acme/platform.git',
  ],
  pusher: 'ada',
  commit: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
  sign: (body, secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
}

describe('github', () => {
  describeGitHost(sample)

  it('accepts the signature that GitHub documents', async () => {
    const delivery = {
      headers: {
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
      body: Buffer.from('Hello, World!'),
    }
    const secret = "It's a Secret to Everybody"
    await expect(github.verify(delivery, async () => [secret])).resolves.toBeUndefined()
  })

  it('does not count the SHA-1 signature', async () => {
    const body = Buffer.from('{}')
    const signature = `sha1=${createHmac('sha1', 'secret').update(body).digest('hex')}`
    const delivery = { headers: { 'x-hub-signature': signature }, body }
    await expect(github.verify(delivery, async () => ['secret'])).rejects.toMatchObject({
      code: 'SignatureInvalid',
    })
  })

  it('knows a ping', () => {
    const delivery = createDelivery(sample, readFixture('github-ping.json'), { 'x-github-event': 'ping' })
    expect(github.readEvent(delivery)).toEqual({ kind: 'ping' })
  })

  it('refuses a delivery without an event name', () => {
    const { headers, body } = createDelivery(sample, push)
    expect(() => github.readEvent({ headers: { ...headers, 'x-github-event': undefined }, body })).toThrow(
      expect.objectContaining({ code: 'PayloadInvalid' }),
    )
  })

  it('reads a push that was sent as a form', () => {
    const form = Buffer.from(new URLSearchParams({ payload: JSON.stringify(push) }).toString())
    const delivery = createDelivery(sample, form, { 'content-type': 'application/x-www-form-urlencoded' })
    expect(github.readEvent(delivery)).toEqual(github.readEvent(createDelivery(sample, push)))
  })

  it.each([
    [{ sender: null }, { pusher: 'ada' }],
    [{ sender: { login: 'octocat' } }, { pusher: 'octocat' }],
    [{ sender: 'octocat' }, { pusher: 'ada' }],
    [{ sender: null, pusher: [] }, { kind: 'push' }],
    [{ after: 'HEAD' }, { refs: [{ name: 'refs/heads/main', deleted: false }] }],
  ])('reads %j as %j', (fields, expected) => {
    expect(github.readEvent(createDelivery(sample, { ...push, ...fields }))).toMatchObject(expected)
  })

  it('refuses a form without a payload', () => {
    const delivery = createDelivery(sample, Buffer.from('other=1'), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(() => github.readEvent(delivery)).toThrow(expect.objectContaining({ code: 'PayloadInvalid' }))
  })

  it.each([
    [{ deleted: null, after: zeros }, true],
    [{ deleted: null, after: '0'.repeat(64) }, true],
    [{ deleted: true, after: null }, true],
    [{ deleted: false, after: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821' }, false],
    [{ deleted: null, after: null }, false],
  ])('reads %j as deleted: %j', (fields, deleted) => {
    expect(github.readEvent(createDelivery(sample, { ...push, ...fields }))).toMatchObject({
      refs: [{ name: 'refs/heads/main', deleted }],
    })
  })
})
