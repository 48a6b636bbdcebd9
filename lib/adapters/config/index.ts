import { S3Client } from '@aws-sdk/client-s3'
import type { ConfigLocation } from '../../core/config/config-location.ts'
import { assertNever } from '../../core/errors.ts'
import type { ConfigSource } from '../../ports.ts'
import type { OpenKubeClient } from '../kube/clusters.ts'
import { createClusterSource } from './cluster.ts'
import { createDirectorySource } from './directory.ts'
import { createS3Source } from './s3.ts'

/** The config source that keeps its manifests at `location`. */
export function createConfigSource(location: ConfigLocation, openClient: OpenKubeClient): ConfigSource {
  switch (location.kind) {
    case 'directory':
      return createDirectorySource(location)
    case 's3':
      return createS3Source({ ...location, client: new S3Client() })
    case 'cluster':
      return createClusterSource({ ...location, client: openClient(location) })
    default:
      return assertNever(location)
  }
}
