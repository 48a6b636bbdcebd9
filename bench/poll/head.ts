import { digestSpec } from '../../lib/core/config/digest-spec.ts'
import type { Manifest } from '../../lib/core/config/manifest.ts'
import type { ConfigHead } from '../../lib/core/state/records.ts'
import type { ConfigSource } from '../../lib/ports.ts'
import { openConfig, openSubject } from '../../lib/sync/resolve/open-config.ts'
import { describeWatching } from '../../lib/sync/resolve/watch-source.ts'
import { commitOf, createConfig, createSource } from './objects.ts'

const at = '2026-01-31T08:05:00.000Z'

/** What is remembered of the `n`th config after a look that found everything in order. */
export async function createHead(n: number): Promise<ConfigHead> {
  const manifest = createConfig(n) as unknown as Manifest
  const configSource: ConfigSource = {
    name: 'prod',
    cluster: { name: 'prod', argocdNamespace: 'argocd' },
    listConfigs: async () => ({ manifests: [], problems: [] }),
    listSources: async () => [],
    readConfig: async () => manifest,
    readSource: async () => createSource(n) as unknown as Manifest,
    readKustomization: async () => null,
    readVariables: async () => null,
    readProject: async () => null,
    writeStatus: async () => {},
  }
  const id = `prod/load/${manifest.metadata.name}`
  const config = openConfig({ configSource, manifest }, id)
  const subject = await openSubject(
    { policy: { tenancy: 'single' }, deployment: 'bench' },
    config,
    configSource,
  )
  const message = 'Successfully synced 12 secrets'
  const mark = {
    revision: { ref: 'main', commit: commitOf(n) },
    specDigest: digestSpec(manifest),
    optionDigest: subject.optionDigest,
  }
  return {
    schema: 1,
    id,
    status: {
      phase: 'Ready',
      description: message,
      conditions: [
        { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', message, lastTransitionTime: at },
      ],
      observedGeneration: 1,
      lastReconcileTime: at,
      secretsSynced: 12,
    },
    applied: { ...mark, appliedAt: at },
    attempted: mark,
    watching: describeWatching(subject),
    attempt: 0,
    lookedAt: at,
    generation: 1,
  }
}
