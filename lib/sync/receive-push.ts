import { createActor } from '../core/audit/actor.ts'
import { SyncError, toSyncError } from '../core/errors.ts'
import { hashDelivery } from '../core/source/delivery-hash.ts'
import type { HostEvent, RawDelivery } from '../core/source/host-event.ts'
import { findRepositoryKey, type RepositoryKey } from '../core/source/url.ts'
import type { Delivery } from '../core/state/records.ts'
import { formatExpiry } from '../core/state/retention.ts'
import { formatTime } from '../core/time.ts'
import type { Clock, GitHost, PokeQueue, StateStore, Telemetry, WebhookSecrets } from '../ports.ts'

/** What becomes of a delivery that is accepted; `delivery` is the hash under which its fate can be read. */
export type Reception =
  | { readonly kind: 'ping' | 'other' }
  | { readonly kind: 'push'; readonly delivery: string }

/**
 * Judges a delivery to the host of this name by size, signature and content, in this order, and queues one poke per
 * repository. What the payload says beyond the repository is not believed: the worker looks for itself.
 * @throws {SyncError} HostUnknown, PayloadTooLarge, SignatureInvalid, WebhookSecretMissing, PayloadInvalid,
 *   QueueUnavailable, StateUnavailable
 */
export type ReceivePush = (hostName: string, delivery: RawDelivery) => Promise<Reception>

export interface ReceivePushDependencies {
  readonly hosts: Readonly<Record<string, GitHost>>
  readonly secrets: WebhookSecrets
  readonly state: Pick<StateStore, 'writeDelivery'>
  readonly queue: PokeQueue
  readonly telemetry: Telemetry
  readonly clock: Pick<Clock, 'now'>
}

type Push = Extract<HostEvent, { kind: 'push' }>

/** What Flux takes. GitHub sends up to 25 MiB, but so much only for thousands of commits; the schedule sees those. */
const maximumBodyBytes = 3 * 1024 * 1024

/** A push moves a handful of refs; a forger of a stolen secret may claim more. */
const maximumClaimedCommits = 20

export function createReceivePush(dependencies: ReceivePushDependencies): ReceivePush {
  const { telemetry } = dependencies
  return async (hostName, delivery) => {
    try {
      const event = await readVerified(dependencies, hostName, delivery)
      telemetry.measure('DeliveriesAccepted', 1)
      if (event.kind !== 'push') return { kind: event.kind }
      return { kind: 'push', delivery: await queuePush(dependencies, event, { hostName, delivery }) }
    } catch (thrown) {
      const { code } = toSyncError(thrown)
      telemetry.measure('DeliveriesRefused', 1, { name: 'code', value: code })
      throw thrown
    }
  }
}

async function readVerified(
  { hosts, secrets }: ReceivePushDependencies,
  hostName: string,
  delivery: RawDelivery,
): Promise<HostEvent> {
  const host = Object.hasOwn(hosts, hostName) ? hosts[hostName] : undefined
  if (!host) throw new SyncError('HostUnknown')
  if (delivery.body.byteLength > maximumBodyBytes) throw new SyncError('PayloadTooLarge')
  await host.verify(delivery, async () => assertSecrets(await secrets(hostName), hostName))
  return host.readEvent(delivery)
}

/** An empty secret would let anybody sign. */
function assertSecrets(secrets: readonly string[], hostName: string): readonly string[] {
  if (secrets.length === 0 || secrets.some((secret) => secret.trim() === '')) {
    throw new SyncError('WebhookSecretMissing', { data: { host: hostName } })
  }
  return secrets
}

/**
 * The hash of the signed body is the dedup id and the request id as well: a repeated delivery is one poke, and what
 * the poke leads to can be found by the delivery.
 */
async function queuePush(
  { state, queue, clock }: ReceivePushDependencies,
  push: Push,
  { hostName, delivery }: { readonly hostName: string; readonly delivery: RawDelivery },
): Promise<string> {
  const repositories = listRepositories(push)
  const hash = hashDelivery(delivery.body)
  const receivedAt = formatTime(clock.now())
  const isDeletion = push.refs.length > 0 && push.refs.every(({ deleted }) => deleted)
  if (!isDeletion) {
    const poke = {
      v: 1,
      kind: 'repository',
      trigger: 'webhook',
      requestId: hash,
      requestedAt: receivedAt,
    } as const
    await queue.send(repositories.map((id) => ({ poke: { ...poke, id }, dedupId: hash })))
  }
  await state.writeDelivery(
    {
      hash,
      host: hostName,
      event: push.kind,
      receivedAt,
      repositories,
      requestId: hash,
      ...describeClaims(push),
      result: isDeletion ? 'ignored' : 'queued',
    },
    formatExpiry(clock.now()),
  )
  return hash
}

/** Who has pushed what, if the payload is right about it. */
function describeClaims({ pusher, refs }: Push): Pick<Delivery, 'actor' | 'commits'> {
  const commits = refs.flatMap(({ commit }) => commit ?? []).slice(0, maximumClaimedCommits)
  return {
    ...(pusher === undefined ? {} : { actor: createActor('push', pusher) }),
    ...(commits.length === 0 ? {} : { commits }),
  }
}

/** One repository has several URLs, which on some hosts have different names. */
function listRepositories({ repositoryUrls }: Push): readonly RepositoryKey[] {
  const keys = new Set(repositoryUrls.map(findRepositoryKey).filter((key) => key !== null))
  if (keys.size === 0) throw new SyncError('PayloadInvalid', { data: { field: 'repository' } })
  return [...keys]
}
