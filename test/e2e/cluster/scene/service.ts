import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHome } from '../../../../lib/adapters/home/home.ts'
import { openLocalStoreReader } from '../../../../lib/adapters/stores/local/reader.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import type { Policy } from '../../../../lib/core/config/policy/policy.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import { createRecordingTelemetry, type RecordedLine } from '../../../fakes/recording-telemetry.ts'
import { signDelivery } from '../../../fakes/webhook-deliveries.ts'
import type { ControlPlane } from '../control-plane/start.ts'
import { runService, type ServiceOptions, type ServiceRun } from './run-service.ts'

/** The whole service on embedded parts, following a cluster; the test is its schedule. */
export interface ClusterService {
  /** The time of the service, milliseconds since the epoch. */
  now(): number
  /** The scheduled pass alone, a minute after the one before. */
  schedule(): Promise<void>
  /** Scheduled passes, and all that they have poked. */
  pass(count?: number): Promise<void>
  /** The webhook of a push to a repository, signed as GitHub does, and all that it has poked. @returns the status */
  deliver(repositoryUrl: string, commit: string): Promise<number>
  head(namespace: string, name: string): Promise<ConfigHead | null>
  /** The current value of a published secret; `null` where there is none. */
  secret(name: string): string | null
  /** Changes a published secret, as somebody does who has access to the store. */
  overwrite(name: string, text: string): Promise<void>
  readonly lines: readonly RecordedLine[]
  /** Goes on with what it remembers, under another policy. */
  restart(policy: Policy): Promise<void>
  stop(): Promise<void>
}

const minuteMs = 60_000

export async function startClusterService(
  plane: ControlPlane,
  options: ServiceOptions = {},
): Promise<ClusterService> {
  const folder = mkdtempSync(join(tmpdir(), 'smc-cluster-'))
  const home = createHome(join(folder, 'home'))
  let passes = 0
  const clock = { ...systemClock, now: () => systemClock.now() + passes * minuteMs }
  const telemetry = createRecordingTelemetry()
  const surroundings = { plane, home, telemetry, clock }
  let run = await runService(surroundings, options)
  const schedule = async () => {
    passes += 1
    await run.reconcile()
  }
  return {
    now: clock.now,
    lines: telemetry.lines,
    schedule,
    pass: async (count = 1) => {
      for (let n = 0; n < count; n++) {
        await schedule()
        await run.embedded.queue.idle()
      }
    },
    deliver: async (url, commit) => await deliver(run, { url, commit, secret: home.readWebhookSecret() }),
    head: async (namespace, name) =>
      await run.embedded.dependencies.state.readHead(`prod/${namespace}/${name}`),
    secret: (name) => readSecret(home.secretsFile, name),
    overwrite: async (name, text) => await overwrite(run, name, text),
    restart: async (policy) => {
      await run.stop()
      run = await runService(surroundings, { ...options, policy })
    },
    stop: async () => {
      await run.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function deliver(
  { functions, embedded }: ServiceRun,
  push: { readonly url: string; readonly commit: string; readonly secret: string },
): Promise<number> {
  const payload = { ref: 'refs/heads/main', after: push.commit, repository: { clone_url: push.url } }
  const { headers, body } = signDelivery(payload, { secret: push.secret })
  const { status } = await fetch(`${functions.url}/webhooks/github`, { method: 'POST', headers, body })
  await embedded.queue.idle()
  return status
}

function readSecret(file: string, name: string): string | null {
  const reader = openLocalStoreReader(file, systemClock)
  try {
    const value = reader.readValue(name)?.reveal()
    return value === undefined ? null : Buffer.from(value).toString('utf8')
  } finally {
    reader.close()
  }
}

async function overwrite({ embedded }: ServiceRun, name: string, text: string): Promise<void> {
  const store = await embedded.dependencies.stores({ id: 'prod/any/any', aws: { region: 'eu-west-1' } })
  const value = SecretValue.fromText(text)
  await store.put({ name, versionId: 'e'.repeat(64), value, kind: 'string' })
}
