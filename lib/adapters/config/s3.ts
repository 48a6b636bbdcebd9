import type { ConfigSource } from '../../ports.ts'
import { createFileSource } from './files/file-source.ts'
import { type BucketOptions, createManifestBucket } from './s3/manifest-bucket.ts'

export interface S3SourceOptions extends BucketOptions {
  /** First part of every config's id. */
  readonly name: string
}

/** Configs and sources from the objects of an S3 bucket, as they are at the time of each call. */
export function createS3Source({ name, ...bucket }: S3SourceOptions): ConfigSource {
  return createFileSource(name, createManifestBucket(bucket))
}
