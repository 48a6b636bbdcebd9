import { json } from 'node:stream/consumers'
import { startHttpServer } from '../servers/http-server.ts'

interface Input {
  readonly Name?: string
  readonly Names?: readonly string[]
  readonly Value?: string
  readonly Type?: string
  readonly Tier?: string
  readonly KeyId?: string
  readonly Description?: string
  readonly Overwrite?: boolean
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly ResourceId?: string
  readonly ParameterFilters?: readonly { readonly Values: readonly string[] }[]
  readonly NextToken?: string
  readonly WithDecryption?: boolean
  readonly MaxResults?: number
}

interface Parameter {
  readonly value: string
  readonly type: string
  readonly tier: string
  readonly keyId?: string | undefined
  readonly description: string
  readonly version: number
  readonly tags: ReadonlyMap<string, string>
  /** Seconds since the epoch. */
  readonly modifiedAt: number
  /** The versions before, oldest first. */
  readonly former: readonly Omit<Parameter, 'former' | 'tags'>[]
}

export interface SsmServer {
  readonly url: string
  /** Actions in the order of their calls, with how many names each is about. */
  readonly calls: { readonly action: string; readonly names: number }[]
  /** What was asked for in the clear, by name and version. */
  readonly decrypted: string[]
  /** What the server holds, by name. */
  readonly parameters: Map<string, Parameter>
  /** Called before a call is answered; a returned name is answered as the error, and nothing is done. */
  refuse: (action: string) => string | undefined
  close(): Promise<void>
}

/** An error of AWS, by name. */
class Refusal {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Parameter Store on loopback, in the wire format and with the rules of AWS; its pages are short. */
export async function startSsmServer(): Promise<SsmServer> {
  const parameters = new Map<string, Parameter>()
  const calls: SsmServer['calls'] = []
  const decrypted: string[] = []
  const http = await startHttpServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const input = (await json(request)) as Input
    calls.push({ action, names: (input.Names ?? input.ParameterFilters?.[0]?.Values ?? []).length })
    if (input.WithDecryption) decrypted.push(input.Name ?? '')
    const answer = work(action, input)
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(answer.body))
  })
  const work = (action: string, input: Input) => {
    try {
      const refusal = server.refuse(action) ?? (operations[action] ? undefined : 'UnknownOperation')
      if (refusal !== undefined) throw new Refusal(refusal)
      return { status: 200, body: operations[action]?.(parameters, input) ?? {} }
    } catch (thrown) {
      const name = thrown instanceof Refusal ? thrown.name : 'InternalServerError'
      return { status: 400, body: { __type: name, message: 'canary-store-message' } }
    }
  }
  const server: SsmServer = {
    url: http.url,
    calls,
    decrypted,
    parameters,
    refuse: () => undefined,
    close: () => http.close(),
  }
  return server
}

const pageLength = 3
const keptVersions = 100

const operations: Readonly<Record<string, (parameters: Map<string, Parameter>, input: Input) => unknown>> = {
  PutParameter: (
    parameters,
    { Name = '', Value = '', Type, Tier = 'Standard', KeyId, Description, Overwrite, Tags },
  ) => {
    const before = parameters.get(Name)
    if (before && !Overwrite) throw new Refusal('ParameterAlreadyExists')
    if (Overwrite && Tags) throw new Refusal('ValidationException')
    if (before && Type !== undefined && Type !== before.type)
      throw new Refusal('HierarchyTypeMismatchException')
    const sizeLimit = Tier === 'Advanced' ? 8_192 : 4_096
    if (Value === '' || Buffer.byteLength(Value) > sizeLimit) throw new Refusal('ValidationException')
    if (before?.tier === 'Advanced' && Tier === 'Standard') throw new Refusal('ValidationException')
    const version = (before?.version ?? 0) + 1
    parameters.set(Name, {
      value: Value,
      type: before?.type ?? Type ?? '',
      tier: Tier,
      keyId: Type === 'SecureString' ? (KeyId ?? 'alias/aws/ssm') : undefined,
      description: Description ?? before?.description ?? '',
      version,
      tags: new Map(before?.tags ?? Tags?.map((tag) => [tag.Key, tag.Value])),
      modifiedAt: Date.now() / 1000,
      former: before ? [...before.former, before].slice(1 - keptVersions) : [],
    })
    return { Version: version, Tier }
  },
  DescribeParameters: (parameters, { ParameterFilters = [], NextToken = '0' }) => {
    const names = ParameterFilters[0]?.Values ?? []
    if (names.length > 50) throw new Refusal('InvalidFilterValue')
    const found = names.filter((name) => parameters.has(name)).sort()
    const end = Number(NextToken) + pageLength
    return {
      Parameters: found.slice(Number(NextToken), end).map((name) => describe(name, parameters.get(name))),
      ...(end < found.length ? { NextToken: String(end) } : {}),
    }
  },
  GetParameterHistory: (
    parameters,
    { Name = '', WithDecryption = false, MaxResults = 0, NextToken = '0' },
  ) => {
    const found = parameters.get(Name)
    if (!found) throw new Refusal('ParameterNotFound')
    if (MaxResults > 50) throw new Refusal('ValidationException')
    const versions = [...found.former, found]
    const end = Number(NextToken) + pageLength
    return {
      Parameters: versions.slice(Number(NextToken), end).map((version) => ({
        ...describe(Name, version),
        LastModifiedDate: version.modifiedAt,
        Value: show(version, WithDecryption),
      })),
      ...(end < versions.length ? { NextToken: String(end) } : {}),
    }
  },
  GetParameter: (parameters, { Name = '', WithDecryption = false }) => {
    const [name = '', selector] = Name.split(':')
    const found = parameters.get(name)
    if (!found) throw new Refusal('ParameterNotFound')
    const versions = [...found.former, found]
    const version = versions.find(({ version }) => String(version) === (selector ?? String(found.version)))
    if (!version) throw new Refusal('ParameterVersionNotFound')
    const { type, version: number } = version
    return { Parameter: { Name: name, Type: type, Version: number, Value: show(version, WithDecryption) } }
  },
  ListTagsForResource: (parameters, { ResourceId = '' }) => {
    const found = parameters.get(ResourceId)
    if (!found) throw new Refusal('InvalidResourceId')
    return { TagList: [...found.tags].map(([Key, Value]) => ({ Key, Value })) }
  },
  AddTagsToResource: (parameters, { ResourceId = '', Tags = [] }) => {
    const found = parameters.get(ResourceId)
    if (!found) throw new Refusal('InvalidResourceId')
    parameters.set(ResourceId, {
      ...found,
      tags: new Map([...found.tags, ...Tags.map((tag) => [tag.Key, tag.Value] as const)]),
    })
  },
  DeleteParameters: (parameters, { Names = [] }) => {
    if (Names.length > 10) throw new Refusal('ValidationException')
    const deleted = Names.filter((name) => parameters.delete(name))
    return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) }
  },
}

/** A SecureString is ciphertext unless its decryption is asked for. */
function show({ type, value }: Pick<Parameter, 'type' | 'value'>, isDecrypted: boolean): string {
  return type === 'SecureString' && !isDecrypted ? 'AQICAH-ciphertext' : value
}

function describe(name: string, found: Omit<Parameter, 'former' | 'tags'> | undefined) {
  return {
    Name: name,
    Type: found?.type,
    Tier: found?.tier,
    KeyId: found?.keyId,
    Description: found?.description,
    Version: found?.version,
  }
}
