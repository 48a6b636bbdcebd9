import { createHash } from 'node:crypto'
import type { KubeObject } from '../../test/fakes/kube-server.ts'

const at = '2026-01-31T08:00:00Z'

/** The commit that the `n`th repository is at. */
export function commitOf(n: number): string {
  return createHash('sha1').update(String(n)).digest('hex')
}

/** The `n`th GitRepository, with as much in it as Flux writes. */
export function createSource(n: number): KubeObject {
  const name = nameOf(n)
  const commit = commitOf(n)
  const message = `stored artifact for revision 'main@sha1:${commit}'`
  const condition = (type: string) => ({
    type,
    status: 'True',
    reason: 'Succeeded',
    lastTransitionTime: at,
    message,
  })
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: {
      name,
      namespace: 'load',
      generation: 1,
      uid: `source-${n}`,
      labels: { team: `team-${n % 50}` },
    },
    spec: {
      url: `https://git.example/team-${n % 50}/${name}.git`,
      interval: '1m0s',
      ref: { branch: 'main' },
      secretRef: { name: 'git-creds' },
    },
    status: {
      observedGeneration: 1,
      artifact: {
        revision: `main@sha1:${commit}`,
        digest: `sha256:${createHash('sha256').update(name).digest('hex')}`,
        lastUpdateTime: at,
        path: `gitrepository/load/${name}/${commit}.tar.gz`,
        url: `http://source-controller.flux-system.svc.cluster.local./gitrepository/load/${name}/${commit}.tar.gz`,
        size: 1000 + n,
      },
      conditions: [condition('Ready'), condition('ArtifactInStorage')],
    },
  }
}

/** The `n`th config, which follows the `n`th source; `status` is what its resource shows. */
export function createConfig(n: number, status?: unknown): KubeObject {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { name: nameOf(n), namespace: 'load', generation: 1, uid: `config-${n}` },
    spec: {
      sourceRef: { kind: 'GitRepository', name: nameOf(n), namespace: 'load' },
      provider: { aws: { region: 'eu-west-1' } },
      secrets: { environment: 'prod', kustomizePath: 'overlays/prod', prefix: nameOf(n) },
    },
    ...(status !== undefined && { status }),
  }
}

function nameOf(n: number): string {
  return `app-${String(n).padStart(5, '0')}`
}
