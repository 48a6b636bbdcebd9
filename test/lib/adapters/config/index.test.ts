import { expect, it } from 'vitest'
import { createConfigSource } from '../../../../lib/adapters/config/index.ts'
import type { KubeClient } from '../../../../lib/adapters/kube/kube-client.ts'
import type { ConfigLocation } from '../../../../lib/core/config/config-location.ts'

it.each<ConfigLocation>([
  { kind: 'directory', name: 'own', path: 'manifests' },
  { kind: 's3', name: 'team', bucket: 'acme', prefix: '' },
  { kind: 'cluster', name: 'prod', kubeconfig: 'prod', argocdNamespace: 'argocd' },
])('opens a source of the kind $kind under its name', (location) => {
  const client: KubeClient = { get: async () => null, list: async () => null, applyStatus: async () => {} }
  expect(createConfigSource(location, () => client).name).toBe(location.name)
})
