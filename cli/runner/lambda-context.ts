import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import type { Clock } from '../../lib/ports.ts'

const noOperation = () => {}

/** What Lambda tells a function about its run, for a run in this process that should end within `timeoutMs`. */
export function createLambdaContext(functionName: string, timeoutMs: number, clock: Clock): Context {
  const deadlineAt = clock.now() + timeoutMs
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '0',
    awsRequestId: randomUUID(),
    logGroupName: functionName,
    logStreamName: functionName,
    getRemainingTimeInMillis: () => deadlineAt - clock.now(),
    done: noOperation,
    fail: noOperation,
    succeed: noOperation,
  }
}
