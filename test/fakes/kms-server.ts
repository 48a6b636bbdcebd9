import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'

/** What one call carried, as far as AWS would judge it. */
export interface KmsCall {
  readonly action: 'Decrypt' | 'AssumeRole'
  /** From the signature. */
  readonly region: string
  readonly accessKeyId: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface KmsServer {
  readonly url: string
  readonly calls: readonly KmsCall[]
  /** Called before a call is answered; a returned name is answered as the error. */
  refuse: (call: KmsCall) => string | undefined
  stop(): Promise<void>
}

export interface KnownCiphertext {
  readonly keyId: string
  /** In base64. */
  readonly ciphertext: string
  readonly context?: Readonly<Record<string, string>>
  readonly plaintext: Uint8Array
}

/** KMS and STS on loopback, which know `known` only. Credentials of an assumed role have the id `ASIA` + its name. */
export async function startKmsServer(known: readonly KnownCiphertext[]): Promise<KmsServer> {
  const calls: KmsCall[] = []
  const http = createServer(async (request, response) => {
    const call = parseCall(request, await readBody(request))
    calls.push(call)
    const error = server.refuse(call)
    const answer = call.action === 'Decrypt' ? decrypt(known, call, error) : assumeRole(call, error)
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const server: KmsServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    calls,
    refuse: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

function decrypt(known: readonly KnownCiphertext[], { input }: KmsCall, error?: string): Answer {
  const type = 'application/x-amz-json-1.1'
  const found = known.find(({ ciphertext }) => ciphertext === input['CiphertextBlob'])
  const isRight =
    found?.keyId === input['KeyId'] &&
    isDeepStrictEqual(found?.context ?? {}, input['EncryptionContext'] ?? {})
  const name = error ?? (isRight ? undefined : 'InvalidCiphertextException')
  if (name !== undefined || !found) {
    const body = JSON.stringify({ __type: `com.amazonaws.kms#${name}`, message: 'canary-kms-message' })
    return { status: name === 'KMSInternalException' ? 500 : 400, type, body }
  }
  const Plaintext = Buffer.from(found.plaintext).toString('base64')
  return { status: 200, type, body: JSON.stringify({ KeyId: found.keyId, Plaintext }) }
}

function assumeRole({ input }: KmsCall, error?: string): Answer {
  const type = 'text/xml'
  const xmlns = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'
  if (error) {
    const body = `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>${error}</Code><Message>canary-sts-message</Message></Error></ErrorResponse>`
    return { status: 403, type, body }
  }
  const id = `ASIA${String(input['RoleArn']).split('/').at(-1)}`
  const credentials = `<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>canary-role-secret</SecretAccessKey><SessionToken>canary-role-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`
  const body = `<AssumeRoleResponse ${xmlns}><AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`
  return { status: 200, type, body }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function parseCall({ headers }: IncomingMessage, body: string): KmsCall {
  const [, accessKeyId = '', region = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? []
  const isQuery = headers['content-type']?.includes('x-www-form-urlencoded') ?? false
  const input = isQuery ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body)
  return { action: isQuery ? 'AssumeRole' : 'Decrypt', region, accessKeyId, input }
}
