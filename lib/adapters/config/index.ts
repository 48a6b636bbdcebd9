import { S3Client } from '@aws-sdk/client-s3'
import type { ConfigLocation } from '../../core/config/config-location.ts'
import { assertNever } from '../../core/errors.ts'
import type { ConfigSource } from '../../ports.ts'
import { createDirectorySource } from './directory.ts'
import { createS3Source } from './s3.ts'

/** The config source that keeps its manifests at `location`. */
export function createConfigSource(location: ConfigLocation): ConfigSource {
  switch (location.kind) {
    case 'directory':
      return createDirectorySource(location)
    case 's3':
      return createS3Source({ ...location, client: new S3Client() })
    default:
      return assertNever(location)
  }
}
