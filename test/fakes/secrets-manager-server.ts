import type { IncomingMessage } from 'node:http'
import { isSyncError, SyncError, toSyncError } from '../../lib/core/errors.ts'
import type { Live } from '../../lib/core/plan/plan.ts'
import { SecretValue } from '../../lib/core/secret-value.ts'
import type { Tags } from '../../lib/core/secrets/desired.ts'
import type { SecretStore } from '../../lib/ports.ts'
import { startHttpServer } from '../servers/http-server.ts'

/** What is read of a request's JSON. */
interface Input {
  readonly Name?: string
  readonly SecretId?: string
  readonly ClientRequestToken?: string
  readonly SecretString?: string
  readonly SecretBinary?: string
  readonly KmsKeyId?: string
  readonly Description?: string
  readonly AddReplicaRegions?: readonly { readonly Region: string; readonly KmsKeyId?: string }[]
  readonly RemoveReplicaRegions?: readonly string[]
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly VersionStages?: readonly string[]
  readonly MoveToVersionId?: string
  readonly RemoveFromVersionId?: string
  readonly RecoveryWindowInDays?: number
  readonly Filters?: readonly { readonly Key: string; readonly Values: readonly string[] }[]
  readonly IncludePlannedDeletion?: boolean
  readonly MaxResults?: number
  readonly NextToken?: string
}

export interface SecretsManagerServer {
  readonly url: string
  /** Actions in the order of their calls. */
  readonly calls: string[]
  /** Who signed each call. */
  readonly accessKeyIds: readonly string[]
  /** Called before a call is answered; a returned name is answered as the error, and nothing is done. */
  refuse: (action: string) => string | undefined
  close(): Promise<void>
}

/** Secrets Manager on loopback, in the wire format of AWS, over a store with its lifecycle. */
export async function startSecretsManagerServer(store: SecretStore): Promise<SecretsManagerServer> {
  const calls: string[] = []
  const accessKeyIds: string[] = []
  const http = await startHttpServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    calls.push(action)
    accessKeyIds.push(/Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    const input = JSON.parse(await readText(request))
    const answer = await work(store, { action, input, refusal: server.refuse(action) })
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(answer.body))
  })
  const server: SecretsManagerServer = {
    url: http.url,
    calls,
    accessKeyIds,
    refuse: () => undefined,
    close: () => http.close(),
  }
  return server
}

interface Call {
  readonly action: string
  readonly input: Input
  readonly refusal: string | undefined
}

async function work(store: SecretStore, { action, input, refusal }: Call) {
  if (refusal !== undefined) return formatError(refusal)
  try {
    const operation = operations[action]
    return operation ? { status: 200, body: await operation(store, input) } : formatError('UnknownOperation')
  } catch (thrown) {
    // AWS has one error for both ways in which a label cannot be moved.
    const isMove =
      action === 'UpdateSecretVersionStage' && isSyncError(thrown, 'StageMoved', 'SecretNotFound')
    const isMissing = isMove && (await store.describe(input.SecretId ?? '')) === null
    if (isMove && !isMissing) return formatError('InvalidParameterException')
    return formatError(errorNames[toSyncError(thrown).code] ?? 'InternalServiceError')
  }
}

function formatError(name: string) {
  return { status: 400, body: { __type: name, message: 'canary-store-message' } }
}

const errorNames: Readonly<Record<string, string>> = {
  SecretExists: 'ResourceExistsException',
  VersionTampered: 'ResourceExistsException',
  SecretNotFound: 'ResourceNotFoundException',
  SecretScheduledForDeletion: 'InvalidRequestException',
  SecretTagsInvalid: 'InvalidParameterException',
  StoreLimitExceeded: 'LimitExceededException',
  ReplicasRemain: 'InvalidParameterException',
}

const operations: Readonly<Record<string, (store: SecretStore, input: Input) => Promise<unknown>>> = {
  CreateSecret: async (store, input) =>
    await store.create({
      ...readVersion(input),
      tags: readTags(input),
      ...readSettings(input),
    }),
  UpdateSecret: async (store, input) => await store.amend(input.SecretId ?? '', readSettings(input)),
  ReplicateSecretToRegions: async (store, { SecretId = '', AddReplicaRegions = [] }) =>
    await store.replicate(
      SecretId,
      AddReplicaRegions.map(({ Region }) => Region),
      AddReplicaRegions[0]?.KmsKeyId,
    ),
  RemoveRegionsFromReplication: async (store, { SecretId = '', RemoveReplicaRegions = [] }) =>
    await store.removeReplicas(SecretId, RemoveReplicaRegions),
  PutSecretValue: async (store, input) => {
    const [label] = input.VersionStages ?? []
    return { VersionStages: await store.put({ ...readVersion(input), ...(label && { label }) }) }
  },
  UpdateSecretVersionStage: async (
    store,
    { SecretId = '', MoveToVersionId = '', RemoveFromVersionId = '' },
  ) => await store.moveCurrent(SecretId, MoveToVersionId, RemoveFromVersionId),
  RestoreSecret: async (store, { SecretId = '' }) => await store.restore(SecretId),
  TagResource: async (store, input) => await store.tag(input.SecretId ?? '', readTags(input)),
  DeleteSecret: async (store, { SecretId = '', RecoveryWindowInDays = 0 }) =>
    await store.scheduleDeletion(SecretId, RecoveryWindowInDays),
  DescribeSecret: async (store, { SecretId = '' }) => {
    const live = await store.describe(SecretId)
    if (!live) throw new SyncError('SecretNotFound')
    const statuses = { 'in-sync': 'InSync', 'in-progress': 'InProgress', failed: 'Failed' } as const
    return {
      ...formatLive(live, 'VersionIdsToStages'),
      ReplicationStatus: live.replicas?.map(({ region, state }) => ({
        Region: region,
        Status: statuses[state],
      })),
    }
  },
  ListSecretVersionIds: async (store, { SecretId = '', MaxResults = 100, NextToken = '0' }) => {
    const versions = [...(await store.listVersions(SecretId))].map(([VersionId, createdAt]) => {
      return { VersionId, CreatedDate: Date.parse(createdAt) / 1000 }
    })
    const end = Number(NextToken) + MaxResults
    return {
      Versions: versions.slice(Number(NextToken), end),
      ...(end < versions.length ? { NextToken: String(end) } : {}),
    }
  },
  ListSecrets: async (store, { Filters, IncludePlannedDeletion, NextToken }) => {
    const prefix = Filters?.find(({ Key }) => Key === 'tag-value')?.Values[0]
    const filter = prefix === undefined ? undefined : { tagValuePrefix: prefix }
    const { secrets, next } = await store.listPage(filter, NextToken)
    return {
      SecretList: secrets
        .filter(({ deletionAt }) => IncludePlannedDeletion || deletionAt === undefined)
        .map((live) => formatLive(live, 'SecretVersionsToStages')),
      ...(next === undefined ? {} : { NextToken: next }),
    }
  },
}

function readVersion({ Name, SecretId, ClientRequestToken = '', SecretString, SecretBinary = '' }: Input) {
  const name = Name ?? SecretId ?? ''
  return SecretString === undefined
    ? ({
        name,
        versionId: ClientRequestToken,
        value: SecretValue.fromBytes(Buffer.from(SecretBinary, 'base64')),
        kind: 'binary',
      } as const)
    : ({
        name,
        versionId: ClientRequestToken,
        value: SecretValue.fromText(SecretString),
        kind: 'string',
      } as const)
}

function readSettings({ KmsKeyId, Description }: Input) {
  return {
    ...(KmsKeyId === undefined ? {} : { kmsKeyId: KmsKeyId }),
    ...(Description === undefined ? {} : { description: Description }),
  }
}

function readTags({ Tags = [] }: Input): Tags {
  return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))
}

function formatLive(live: Live, stages: 'VersionIdsToStages' | 'SecretVersionsToStages') {
  return {
    Name: live.name,
    [stages]: Object.fromEntries(live.versions),
    Tags: Object.entries(live.tags).map(([Key, Value]) => ({ Key, Value })),
    ...(live.kmsKeyId && { KmsKeyId: live.kmsKeyId }),
    ...(live.description && { Description: live.description }),
    ...(live.deletionAt && { DeletedDate: Date.parse(live.deletionAt) / 1000 }),
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
