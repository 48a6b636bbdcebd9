import {
  DescribeParametersCommand,
  ListTagsForResourceCommand,
  type ParameterMetadata,
  type SSMClient,
} from '@aws-sdk/client-ssm'
import { isSyncError } from '../../../core/errors.ts'
import { fromStoreName, toStoreName } from '../../../core/parameters/parameter-name.ts'
import { readVersionId } from '../../../core/parameters/version-note.ts'
import type { Live } from '../../../core/plan/plan.ts'
import type { SecretName, Tags, VersionId } from '../../../core/secrets/desired.ts'
import type { StoreTarget } from '../../../ports.ts'
import { batchCalls } from '../../aws/batch-calls.ts'
import { toParameterError } from './parameter-error.ts'

export interface SsmTarget {
  /** Of the region and, through its credentials, the account of `target`. */
  readonly client: Pick<SSMClient, 'send'>
  readonly target: StoreTarget
}

/** A parameter as DescribeParameters shows it: everything but its value and its tags. */
export type Metadata = ParameterMetadata & { readonly Name: string; readonly Version: number }

/** Looks up one parameter; `undefined` where there is none. Names that are asked for at once share a call. */
export type ReadMetadata = (name: SecretName) => Promise<Metadata | undefined>

/** What DescribeParameters takes at a time, in names and in answers. */
const namesAtATime = 50

/** @throws {SyncError} as `toParameterError` says */
export function createReadMetadata(at: SsmTarget): ReadMetadata {
  return batchCalls(namesAtATime, async (names) => {
    const found = await describeParameters(at, names.map(toStoreName))
    return new Map(found.map((metadata) => [fromStoreName(metadata.Name), metadata]))
  })
}

/** A page may be empty although there are more. */
async function describeParameters({ client }: SsmTarget, names: readonly string[]): Promise<Metadata[]> {
  const found: Metadata[] = []
  let nextToken: string | undefined
  do {
    const command = new DescribeParametersCommand({
      ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: [...names] }],
      MaxResults: namesAtATime,
      ...(nextToken !== undefined && { NextToken: nextToken }),
    })
    const page = await client.send(command).catch((thrown: unknown) => {
      throw toParameterError(thrown, { action: 'ssm:DescribeParameters' })
    })
    for (const metadata of page.Parameters ?? []) {
      const { Name, Version } = metadata
      if (Name !== undefined && Version !== undefined) found.push({ ...metadata, Name, Version })
    }
    nextToken = page.NextToken || undefined
  } while (nextToken !== undefined)
  return found
}

/** @throws {SyncError} as `toParameterError` says */
export async function readVersions(
  readMetadata: ReadMetadata,
  names: readonly SecretName[],
): Promise<ReadonlyMap<SecretName, VersionId>> {
  const found = (await Promise.all(names.map(readMetadata))).filter((metadata) => metadata !== undefined)
  return new Map(
    found.map(({ Name, Version, Description = '' }) => [
      fromStoreName(Name),
      readVersionId(Description, Version),
    ]),
  )
}

/** One parameter with its tags; `null` where there is none. @throws {SyncError} as `toParameterError` says */
export async function describeParameter(
  at: SsmTarget,
  readMetadata: ReadMetadata,
  name: SecretName,
): Promise<Live | null> {
  const metadata = await readMetadata(name)
  const tags = metadata && (await readTags(at, name))
  if (!metadata || !tags) return null
  const current = readVersionId(metadata.Description ?? '', metadata.Version)
  return {
    name,
    current,
    versions: new Map([[current, ['AWSCURRENT']]]),
    tags,
    ...(metadata.KeyId && { kmsKeyId: metadata.KeyId }),
    parameter: { number: metadata.Version, type: metadata.Type ?? '' },
  }
}

/** `null` where the parameter has ended in the meantime. */
async function readTags({ client }: SsmTarget, name: SecretName): Promise<Tags | null> {
  const command = new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: toStoreName(name) })
  try {
    const { TagList = [] } = await client.send(command)
    return Object.fromEntries(TagList.map(({ Key = '', Value = '' }) => [Key, Value]))
  } catch (thrown) {
    const error = toParameterError(thrown, { action: 'ssm:ListTagsForResource', name })
    if (isSyncError(error, 'SecretNotFound')) return null
    throw error
  }
}
