import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { build } from 'esbuild'
import { createClientConfig } from '../../test/e2e/aws/emulators/emulator.ts'
import { preparePython } from '../../test/e2e/aws/emulators/python-environment.ts'
import type { Cloud } from '../../test/e2e/aws/stack/cloud.ts'
import type { StubCall, StubPhaseName, StubPlan } from './stub-function.ts'

export type StubWaves = Readonly<Record<StubPhaseName, readonly (readonly StubCall[])[]>>

/**
 * Deploys a function that makes the given calls in the place of each function of the service, with queues of its own
 * between them. @returns what a delivery is to it
 */
export async function deployStub(cloud: Cloud, waves: StubWaves): Promise<() => Promise<void>> {
  const sqs = new SQSClient(createClientConfig(cloud))
  const lambda = new LambdaClient(createClientConfig(cloud))
  const [watch, sync] = [await createQueue(sqs, 'stub-watch'), await createQueue(sqs, 'stub-sync')]
  const ZipFile = await zipStub({
    awsUrl: cloud.url,
    phases: {
      webhook: { waves: waves.webhook, next: { queueUrl: watch, phase: 'watch' } },
      watch: { waves: waves.watch, next: { queueUrl: sync, phase: 'sync' } },
      sync: { waves: waves.sync },
    },
  })
  for (const name of ['stub-entry', 'stub-worker']) {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${cloud.account}:role/stub`,
        Timeout: 60,
        MemorySize: 1024,
        Code: { ZipFile },
      }),
    )
  }
  for (const queue of ['stub-watch', 'stub-sync']) {
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'stub-worker',
        EventSourceArn: `arn:aws:sqs:${cloud.region}:${cloud.account}:${queue}.fifo`,
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    )
  }
  const Payload = Buffer.from(JSON.stringify({ phase: 'webhook' }))
  return async () => void (await lambda.send(new InvokeCommand({ FunctionName: 'stub-entry', Payload })))
}

async function createQueue(sqs: SQSClient, name: string): Promise<string> {
  const Attributes = { FifoQueue: 'true', VisibilityTimeout: '60' }
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `${name}.fifo`, Attributes }))
  return QueueUrl
}

async function zipStub(plan: StubPlan): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'smc-stub-'))
  try {
    await build({
      entryPoints: [join(import.meta.dirname, 'stub-function.ts')],
      outfile: join(folder, 'index.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      logLevel: 'silent',
    })
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
    const python = join(await preparePython(), 'python')
    execFileSync(python, ['-m', 'zipfile', '-c', 'stub.zip', 'index.mjs', 'plan.json'], { cwd: folder })
    return readFileSync(join(folder, 'stub.zip'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
