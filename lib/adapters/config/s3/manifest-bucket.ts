import { type _Object, GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { parseManifests } from '../../../core/config/parse/parse-manifests.ts'
import { SyncError } from '../../../core/errors.ts'
import { readErrorName } from '../../aws/error-name.ts'
import type { FileListing } from '../files/file-source.ts'
import { manifestFilePattern, maximumManifestBytes } from '../files/limits.ts'

export interface BucketOptions {
  readonly client: S3Client
  readonly bucket: string
  /** Begin of the keys of all manifests; the whole bucket where empty. */
  readonly prefix: string
}

interface Stamped {
  /** The ETag of the object that was read. */
  readonly stamp: string
  readonly listing: FileListing
}

const readsAtATime = 16

/**
 * Reads every manifest of a bucket, in the order of keys. What did not change since the last call is neither read
 * nor parsed again.
 */
export function createManifestBucket(at: BucketOptions): () => Promise<readonly FileListing[]> {
  let known: ReadonlyMap<string, Stamped> = new Map()
  return async () => {
    const objects = await listObjects(at)
    const read: (Stamped | null)[] = []
    for (let start = 0; start < objects.length; start += readsAtATime) {
      const some = objects.slice(start, start + readsAtATime)
      read.push(...(await Promise.all(some.map((object) => readListing(at, object, known)))))
    }
    const present = read.filter((stamped) => stamped !== null)
    known = new Map(present.map((stamped) => [stamped.listing.file, stamped]))
    return present.map(({ listing }) => listing)
  }
}

interface ListedObject {
  readonly key: string
  readonly etag: string
  readonly sizeBytes: number
}

/** @throws {SyncError} ConfigSourceUnavailable */
async function listObjects({ client, bucket, prefix }: BucketOptions): Promise<ListedObject[]> {
  const found: ListedObject[] = []
  let token: string | undefined
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      ...(token !== undefined && { ContinuationToken: token }),
    })
    const page = await client.send(command).catch((cause: unknown) => {
      throw unavailable(cause, { bucket, action: 's3:ListBucket' })
    })
    found.push(...(page.Contents ?? []).map(parseObject))
    token = page.NextContinuationToken
  } while (token !== undefined)
  return found.filter(({ key }) => manifestFilePattern.test(key))
}

function parseObject({ Key = '', ETag = '', Size = 0 }: _Object): ListedObject {
  return { key: Key, etag: ETag, sizeBytes: Size }
}

/** `null` for an object that was removed after it was listed. */
async function readListing(
  at: BucketOptions,
  { key, etag, sizeBytes }: ListedObject,
  known: ReadonlyMap<string, Stamped>,
): Promise<Stamped | null> {
  const before = known.get(key)
  if (before?.stamp === etag) return before
  const refuse = (message: string) => ({
    stamp: etag,
    listing: { file: key, manifests: [], problems: [{ file: key, message }] },
  })
  if (sizeBytes > maximumManifestBytes) return refuse('larger than 1 MiB')
  const object = await getObject(at, key)
  if (!object) return null
  const text = decodeText(object.bytes)
  if (text === null) return refuse('no UTF-8 text')
  return { stamp: object.etag, listing: { file: key, ...parseManifests(key, text) } }
}

async function getObject({ client, bucket }: BucketOptions, key: string) {
  try {
    const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag }
  } catch (cause) {
    if (readErrorName(cause) === 'NoSuchKey') return null
    throw unavailable(cause, { bucket, key, action: 's3:GetObject' })
  }
}

function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function unavailable(cause: unknown, data: Readonly<Record<string, string>>): SyncError {
  return new SyncError('ConfigSourceUnavailable', {
    data: { ...data, error: readErrorName(cause) },
    cause,
  })
}
