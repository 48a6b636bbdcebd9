import { describe, expect, it, onTestFinished } from 'vitest'
import { gitHosts } from '../../../lib/adapters/hosts/index.ts'
import { createLocalState, openStateDatabase } from '../../../lib/adapters/state/local.ts'
import { SyncError } from '../../../lib/core/errors.ts'
import { hashDelivery } from '../../../lib/core/source/delivery-hash.ts'
import { createReceivePush, type ReceivePushDependencies } from '../../../lib/sync/receive-push.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createRecordingQueue } from '../../fakes/recording-queue.ts'
import { createRecordingTelemetry } from '../../fakes/recording-telemetry.ts'
import { pushPayload, signDelivery } from '../../fakes/webhook-deliveries.ts'

const zeros = '0'.repeat(40)
const push = signDelivery(pushPayload)
const hash = hashDelivery(push.body)

function setUp(part: Partial<ReceivePushDependencies> = {}) {
  const clock = createFakeClock()
  const database = openStateDatabase(':memory:')
  onTestFinished(() => database.close())
  const state = createLocalState({ database, clock })
  const queue = createRecordingQueue()
  const telemetry = createRecordingTelemetry()
  const asked: string[] = []
  const secrets = async (host: string) => {
    asked.push(host)
    return ['webhook-secret']
  }
  const receivePush = createReceivePush({ hosts: gitHosts, secrets, state, queue, telemetry, clock, ...part })
  return { receivePush, state, queue, telemetry, asked }
}

describe('createReceivePush', () => {
  it('queues one poke for the repository of a push and records the delivery', async () => {
    const { receivePush, queue, state, telemetry } = setUp()
    expect(await receivePush('github', push)).toEqual({ kind: 'push', delivery: hash })
    expect(queue.sent).toEqual([
      {
        dedupId: hash,
        poke: {
          v: 1,
          kind: 'repository',
          id: 'github.com/acme/platform',
          trigger: 'webhook',
          requestId: hash,
          requestedAt: '2026-01-31T08:00:00.000Z',
        },
      },
    ])
    expect(await state.readDelivery(hash)).toEqual({
      hash,
      host: 'github',
      event: 'push',
      receivedAt: '2026-01-31T08:00:00.000Z',
      repositories: ['github.com/acme/platform'],
      requestId: hash,
      commits: [pushPayload.after],
      result: 'queued',
    })
    expect(telemetry.measures).toEqual([{ metric: 'DeliveriesAccepted', value: 1 }])
  })

  it('keeps who is said to have pushed, made safe to show', async () => {
    const { receivePush, state } = setUp()
    const delivery = signDelivery({ ...pushPayload, pusher: { name: `\u001b[2Jada${'a'.repeat(999)}` } })
    await receivePush('github', delivery)
    const { actor } = (await state.readDelivery(hashDelivery(delivery.body))) ?? {}
    expect(actor).toEqual({ from: 'push', name: expect.stringMatching(/^\\u001b\[2Jada/) })
    expect(actor?.name).toHaveLength(128)
  })

  it('queues a poke for each name that a repository has', async () => {
    const { receivePush, queue } = setUp()
    const repository = {
      ...pushPayload.repository,
      ssh_url: 'ssh://git@ssh.ghe.example:7999/acme/platform.git',
    }
    await receivePush('github', signDelivery({ ...pushPayload, repository }))
    expect(queue.sent.map(({ poke }) => poke.id)).toEqual([
      'github.com/acme/platform',
      'ssh.ghe.example:7999/acme/platform',
    ])
  })

  it('accepts a repeated delivery and gives it the same dedup id', async () => {
    const { receivePush, queue } = setUp()
    const again = { ...push, headers: { ...push.headers, 'x-github-delivery': 'another' } }
    expect(await receivePush('github', push)).toEqual(await receivePush('github', again))
    expect(new Set(queue.sent.map(({ dedupId }) => dedupId))).toEqual(new Set([hash]))
  })

  it.each([{ deleted: true }, { after: zeros }])(
    'does not look because of a deleted ref: %j',
    async (fields) => {
      const { receivePush, queue, state } = setUp()
      const delivery = signDelivery({ ...pushPayload, ...fields })
      expect(await receivePush('github', delivery)).toMatchObject({ kind: 'push' })
      expect(queue.sent).toEqual([])
      expect(await state.readDelivery(hashDelivery(delivery.body))).toMatchObject({ result: 'ignored' })
    },
  )

  it.each(['ping', 'other'] as const)('does nothing for a %s', async (kind) => {
    const { receivePush, queue, state } = setUp()
    const delivery = signDelivery({ zen: 'Keep it simple.' }, { event: kind })
    expect(await receivePush('github', delivery)).toEqual({ kind })
    expect([queue.sent, await state.readDelivery(hashDelivery(delivery.body))]).toEqual([[], null])
  })

  it.each([
    ['an unknown host', 'gitlab', push, 'HostUnknown'],
    ['a host with the name of an object member', 'constructor', push, 'HostUnknown'],
    [
      '3 MiB and a byte, however signed',
      'github',
      signDelivery(Buffer.alloc(3 * 1024 * 1024 + 1)),
      'PayloadTooLarge',
    ],
    ['no signature', 'github', { ...push, headers: {} }, 'SignatureInvalid'],
  ] as const)('refuses %s without asking for a secret', async (_, host, delivery, code) => {
    const { receivePush, queue, telemetry, asked } = setUp()
    await expect(receivePush(host, delivery)).rejects.toMatchObject({ code })
    expect([queue.sent, asked]).toEqual([[], []])
    expect(telemetry.measures).toEqual([
      { metric: 'DeliveriesRefused', value: 1, dimension: { name: 'code', value: code } },
    ])
  })

  it.each([
    ['another secret', signDelivery(pushPayload, { secret: 'other' }), 'SignatureInvalid'],
    ['no repository', signDelivery({ ...pushPayload, repository: null }), 'PayloadInvalid'],
    [
      'a repository without a URL',
      signDelivery({ ...pushPayload, repository: { clone_url: '' } }),
      'PayloadInvalid',
    ],
    ['text that is no JSON', signDelivery(Buffer.from('payload')), 'PayloadInvalid'],
  ] as const)('refuses %s', async (_, delivery, code) => {
    const { receivePush, queue } = setUp()
    await expect(receivePush('github', delivery)).rejects.toMatchObject({ code })
    expect(queue.sent).toEqual([])
  })

  it.each([[[]], [['']], [['webhook-secret', ' ']]])(
    'refuses to work with the secrets %j',
    async (secrets) => {
      const { receivePush } = setUp({ secrets: async () => secrets })
      await expect(receivePush('github', push)).rejects.toMatchObject({ code: 'WebhookSecretMissing' })
    },
  )

  it('records nothing where the queue does not take the poke', async () => {
    const send = async () => {
      throw new SyncError('QueueUnavailable')
    }
    const { receivePush, state } = setUp({ queue: { send } })
    await expect(receivePush('github', push)).rejects.toMatchObject({ code: 'QueueUnavailable' })
    expect(await state.readDelivery(hash)).toBeNull()
  })
})
