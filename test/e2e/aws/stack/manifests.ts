import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { stringify } from 'yaml'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'
import { overlayPath } from './overlays.ts'

export const bucket = 'smc-e2e-manifests'
/** Begins the ids of all configs. */
export const sourceName = 'team'
export const namespace = 'shop'

/** The configs and sources of a team, in a bucket. */
export interface Manifests {
  publish(file: string, ...objects: object[]): Promise<void>
  withdraw(file: string): Promise<void>
}

export async function createManifests(cloud: Cloud): Promise<Manifests> {
  const s3 = new S3Client({ ...createClientConfig(cloud), forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  return {
    publish: async (file, ...objects) => {
      const Body = objects.map((object) => stringify(object)).join('---\n')
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: file, Body }))
    },
    withdraw: async (file) => {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: file }))
    },
  }
}

/** A repository to follow; the log-in `git/shop/login` goes with it. */
export function createSourceManifest(name: string, url: string, branch = 'main'): object {
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name, namespace },
    spec: { url, interval: '1m', ref: { branch }, secretRef: { name: 'login' } },
  }
}

/** A config that publishes the overlay of a stage under `<source>-<stage>-…`. */
export function createConfigManifest(source: string, overlay: string, region: string): object {
  return {
    apiVersion: 'secret-management.octopilot.io/v1beta1',
    kind: 'SecretManagerConfig',
    metadata: { name: `${source}-${overlay}`, namespace },
    spec: {
      sourceRef: { kind: 'GitRepository', name: source, namespace },
      provider: { aws: { region, tags: { team: 'shop' } } },
      secrets: { environment: overlay, kustomizePath: overlayPath(overlay), prefix: `${source}-${overlay}` },
      gitRepositoryPullInterval: '1m',
      reconcileInterval: '1m',
    },
  }
}
