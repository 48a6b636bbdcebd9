import type { Manifest } from '../../lib/core/config/manifest.ts'

/** A GitRepository `flux-system/repo` with `spec` over the fields that it must have. */
export function createGitRepository(spec: Record<string, unknown> = {}): Manifest {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'repo', namespace: 'flux-system' },
    spec: { url: 'https://git.test/o/r', interval: '5m', ...spec },
  }
}

/** An Application `argocd/app` with `spec` over the fields that it must have. */
export function createApplication(spec: Record<string, unknown> = {}): Manifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'app', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: 'https://git.test/o/r', targetRevision: 'main', path: '.' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'default' },
      ...spec,
    },
  }
}

/** A SecretManagerConfig `apps/web` with `spec` over the fields that it must have. */
export function createConfigManifest(spec: Record<string, unknown> = {}): Manifest {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { name: 'web', namespace: 'apps' },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'repo', namespace: 'flux-system' },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'prod', kustomizePath: 'overlays/prod', prefix: 'web' },
      ...spec,
    },
  }
}
