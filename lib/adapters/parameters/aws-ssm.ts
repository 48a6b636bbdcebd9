import { AddTagsToResourceCommand, DeleteParametersCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { SyncError } from '../../core/errors.ts'
import { fromStoreName, toStoreName } from '../../core/parameters/parameter-name.ts'
import { assertParameter, parameterTypeOf } from '../../core/parameters/storable.ts'
import { chooseTier, type Tier } from '../../core/parameters/tier.ts'
import { formatVersionNote, readVersionId } from '../../core/parameters/version-note.ts'
import type { SecretName, Tags, VersionId } from '../../core/secrets/desired.ts'
import { assertTags } from '../../core/secrets/store-limits.ts'
import type { NewParameter, ParameterStore } from '../../ports.ts'
import { batchCalls } from '../aws/batch-calls.ts'
import { listFormerVersions, readFormerValue } from './aws-ssm/former-versions.ts'
import { type ParameterAction, toParameterError } from './aws-ssm/parameter-error.ts'
import {
  createReadMetadata,
  describeParameter,
  type Metadata,
  type ReadMetadata,
  readVersions,
  type SsmTarget,
} from './aws-ssm/reads.ts'

/** What DeleteParameters takes at a time. */
const deletionsAtATime = 10

/**
 * The parameters of one account and region in SSM Parameter Store. No value is read but that of one former version, when
 * it is to be written again.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function createSsmParameterStore(at: SsmTarget): ParameterStore {
  const readMetadata = createReadMetadata(at)
  const remove = batchCalls(deletionsAtATime, async (names) => {
    const command = new DeleteParametersCommand({ Names: names.map(toStoreName) })
    const { DeletedParameters = [] } = await guard({ action: 'ssm:DeleteParameters' }, () =>
      at.client.send(command),
    )
    return new Map(DeletedParameters.map((name) => [fromStoreName(name), true]))
  })
  return {
    target: at.target,
    describe: async (name) => await describeParameter(at, readMetadata, name),
    readVersions: async (names) => await readVersions(readMetadata, names),
    create: async (parameter) => await createParameter(at, parameter),
    put: async (parameter) => await putParameter(at, readMetadata, parameter),
    listVersions: async (name) => {
      const versions = await listFormerVersions(at, name)
      return new Map(versions.toReversed().map(({ versionId, createdAt }) => [versionId, createdAt]))
    },
    rewrite: async (name, to, from) => await rewriteParameter(at, readMetadata, { name, to, from }),
    tag: async (name, tags) => await addTags(at, name, tags),
    remove: async (name) => {
      await remove(name)
    },
  }
}

/** Tags go with the first version only, in the same call, so that a parameter without its marks never exists. */
async function createParameter(
  at: SsmTarget,
  { tags, ...parameter }: NewParameter & { readonly tags: Tags },
): Promise<void> {
  assertParameter(parameter)
  assertTags(parameter.name, tags)
  const command = new PutParameterCommand({
    ...formatParameter(parameter, { number: 1 }),
    Overwrite: false,
    Tags: formatTags(tags),
  })
  await guard({ action: 'ssm:PutParameter', name: parameter.name }, () => at.client.send(command))
}

/** Looked at just before: the note names the number that this version will have, and a tier is never lowered. */
async function putParameter(
  at: SsmTarget,
  readMetadata: ReadMetadata,
  parameter: NewParameter,
): Promise<void> {
  assertParameter(parameter)
  const { name, kind } = parameter
  const before = await readMetadata(name)
  if (!before) throw new SyncError('SecretNotFound', { data: { name } })
  if (before.Type !== parameterTypeOf(kind)) throw new SyncError('ParameterTypeFixed', { data: { name } })
  await overwrite(at, before, parameter)
}

/** Parameter Store cannot make a former version current again, so that its value becomes a new version. */
async function rewriteParameter(
  at: SsmTarget,
  readMetadata: ReadMetadata,
  { name, to, from }: { readonly name: SecretName; readonly to: VersionId; readonly from: VersionId },
): Promise<void> {
  const before = await readMetadata(name)
  if (!before) throw new SyncError('SecretNotFound', { data: { name } })
  if (readVersionId(before.Description ?? '', before.Version) !== from) {
    throw new SyncError('StageMoved', { data: { name } })
  }
  const former = (await listFormerVersions(at, name)).find(({ versionId }) => versionId === to)
  if (!former) throw new SyncError('VersionExpired', { data: { name } })
  const value = await readFormerValue(at, name, former.number)
  const kind = before.Type === 'SecureString' ? 'secure-parameter' : 'parameter'
  await overwrite(at, before, { name, versionId: to, value, kind })
}

/**
 * PutParameter knows no compare-and-swap, but tells the number that the version got: where somebody else has written in
 * between, the note does not fit it, and the next look begins anew.
 */
async function overwrite(at: SsmTarget, before: Metadata, parameter: NewParameter): Promise<void> {
  const { name, kind } = parameter
  const number = before.Version + 1
  const isAdvanced = before.Tier === 'Advanced'
  // Where no key is named, AWS would take the default one.
  const key = kind === 'secure-parameter' && before.KeyId ? { kmsKeyId: before.KeyId } : {}
  const command = new PutParameterCommand({
    ...formatParameter({ ...key, ...parameter }, { number, ...(isAdvanced && { tier: 'Advanced' }) }),
    Overwrite: true,
  })
  const { Version } = await guard({ action: 'ssm:PutParameter', name }, () => at.client.send(command))
  if (Version !== number) throw new SyncError('StageMoved', { data: { name } })
}

async function addTags(at: SsmTarget, name: SecretName, tags: Tags): Promise<void> {
  assertTags(name, tags)
  const command = new AddTagsToResourceCommand({
    ResourceType: 'Parameter',
    ResourceId: toStoreName(name),
    Tags: formatTags(tags),
  })
  await guard({ action: 'ssm:AddTagsToResource', name }, () => at.client.send(command))
}

function formatParameter(
  { name, versionId, value, kind, kmsKeyId }: NewParameter,
  { number, tier }: { readonly number: number; readonly tier?: Tier },
) {
  return {
    Name: toStoreName(name),
    Value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value.reveal()),
    Type: parameterTypeOf(kind),
    Tier: tier ?? chooseTier(value.sizeBytes) ?? 'Advanced',
    Description: formatVersionNote({ number, versionId }),
    ...(kmsKeyId !== undefined && { KeyId: kmsKeyId }),
  }
}

function formatTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

async function guard<Answer>(
  data: { readonly action: ParameterAction; readonly name?: SecretName },
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call()
  } catch (thrown) {
    throw toParameterError(thrown, data)
  }
}
