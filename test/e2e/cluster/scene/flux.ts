import type { KubeObject } from '../control-plane/admin.ts'
import { type Fields, formatSeconds } from './objects.ts'

/** A GitRepository that follows `main`. */
export function createRepository(name: string, spec: Fields = {}, namespace = 'apps'): KubeObject {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace },
    spec: { interval: '1m', ref: { branch: 'main' }, ...spec },
  }
}

/** A Kustomization of Flux that applies the root of the GitRepository `shop`. */
export function createKustomization(name: string, spec: Fields = {}, namespace = 'apps'): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: {
      interval: '1m',
      prune: true,
      path: './',
      sourceRef: { kind: 'GitRepository', name: 'shop' },
      ...spec,
    },
  }
}

/** What source-controller writes of a GitRepository when it has stored a commit of it. */
export function createArtifactStatus({ spec, metadata }: KubeObject, commit: string, now: number): Fields {
  const at = formatSeconds(now)
  const { branch, tag, name, semver } = (spec as { ref: Record<string, string | undefined> }).ref
  const label = branch ?? tag ?? name ?? semver
  const condition = (type: string) => ({
    type,
    status: 'True',
    reason: 'Succeeded',
    lastTransitionTime: at,
    message: '',
  })
  return {
    observedGeneration: metadata['generation'],
    artifact: {
      revision: `${label === undefined ? '' : `${label}@`}sha1:${commit}`,
      digest: `sha256:${'0'.repeat(64)}`,
      lastUpdateTime: at,
      path: `gitrepository/${metadata.namespace}/${metadata.name}/${commit}.tar.gz`,
      url: `http://source-controller.flux-system.svc.cluster.local./${commit}.tar.gz`,
    },
    conditions: [
      condition('Ready'),
      condition('ArtifactInStorage'),
      ...((spec as Fields)['verify'] === undefined ? [] : [condition('SourceVerified')]),
    ],
  }
}
