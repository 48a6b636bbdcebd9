import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { flushPkt, formatPktLine } from '../../lib/core/git/pkt-line.ts'
import { createClientConfig } from '../../test/e2e/aws/emulators/emulator.ts'
import type { Service } from '../../test/e2e/aws/stack/service.ts'
import type { StubWaves } from './deploy-stub.ts'
import { groupByTime, type RecordedCall, startRecorder } from './recorder.ts'
import type { StubCall } from './stub-function.ts'

/** Writes down what the functions ask of AWS and Git for one push, once `warmUp` has filled their caches. */
export async function recordPush(
  service: Service,
  push: { warmUp(): Promise<void>; record(): Promise<void> },
): Promise<StubWaves> {
  const { cloud, git } = service
  const aws = { webhook: await startRecorder(cloud.url), worker: await startRecorder(cloud.url) }
  const secrets = await startRecorder(cloud.secretsManager.url)
  const restore = [
    await redirect(service, 'webhook', aws.webhook.url, secrets.url),
    await redirect(service, 'worker', aws.worker.url, secrets.url),
  ]
  await push.warmUp()
  for (const recorder of [aws.webhook, aws.worker, secrets]) recorder.calls.length = 0
  git.requests.length = 0
  await push.record()
  const gitCalls = git.requests.map(() => createListing(service))
  for (const undo of restore) await undo()
  await Promise.all([aws.webhook.close(), aws.worker.close(), secrets.close()])
  const fanOutAt = aws.worker.calls.find(isSend)?.startedAt ?? 0
  const towards = (base: string) => (call: RecordedCall) => ({ ...call, base })
  const worker = [
    ...aws.worker.calls.filter((call) => !isSend(call)).map(towards(cloud.url)),
    ...secrets.calls.map(towards(cloud.secretsManager.url)).map(renameSecret),
  ]
  return {
    webhook: groupByTime(aws.webhook.calls.filter((call) => !isSend(call)).map(towards(cloud.url))),
    // A look lists refs and fetches trees; a sync fetches what it reads.
    watch: [
      ...gitCalls.slice(0, 2).map((call) => [call]),
      ...groupByTime(worker.filter(({ startedAt }) => startedAt < fanOutAt)),
    ],
    sync: [
      ...gitCalls.slice(2).map((call) => [call]),
      ...groupByTime(worker.filter(({ startedAt }) => startedAt > fanOutAt)),
    ],
  }
}

function isSend({ headers }: RecordedCall): boolean {
  return headers['x-amz-target'] === 'AmazonSQS.SendMessageBatch'
}

/** The stub writes to secrets of its own. */
function renameSecret<Call extends RecordedCall>(call: Call): Call {
  if (!call.headers['x-amz-target']?.endsWith('PutSecretValue')) return call
  const text = Buffer.from(call.body, 'base64').toString().replaceAll('shop-dev-', 'stub-')
  return { ...call, body: Buffer.from(text).toString('base64') }
}

/** A request to Git that costs what those of the service cost: a process of its own. */
function createListing({ git }: Service): StubCall {
  const { username, password } = JSON.parse(git.login) as { username: string; password: string }
  const body = Buffer.concat(
    [formatPktLine('command=ls-refs\n'), Buffer.from('0001'), flushPkt].map((part) => Buffer.from(part)),
  )
  return {
    base: git.url.replace('https:', 'http:'),
    method: 'POST',
    path: '/shop.git/git-upload-pack',
    headers: {
      'content-type': 'application/x-git-upload-pack-request',
      'git-protocol': 'version=2',
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    },
    body: body.toString('base64'),
  }
}

/** Has a function ask elsewhere. @returns what undoes it */
async function redirect(service: Service, name: string, awsUrl: string, secretsUrl: string) {
  const lambda = new LambdaClient(createClientConfig(service.cloud))
  const FunctionName = `smc-e2e-${name}`
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
  const write = async (Variables: Record<string, string>) =>
    void (await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }),
    ))
  const before = Environment?.Variables ?? {}
  await write({ ...before, AWS_ENDPOINT_URL: awsUrl, AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl })
  return () => write(before)
}
