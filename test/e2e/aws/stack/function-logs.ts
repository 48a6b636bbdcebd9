import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'
import { stage } from './deployed-stack.ts'

export const functionNames = ['webhook', 'worker', 'reconcile', 'api'] as const
export type FunctionName = (typeof functionNames)[number]

/** Every line that a function has logged so far. */
export async function readLogs(cloud: Cloud, name: FunctionName): Promise<readonly string[]> {
  const client = new CloudWatchLogsClient(createClientConfig(cloud))
  try {
    const logGroupName = `/aws/lambda/smc-${stage}-${name}`
    const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName }))
    return events.map(({ message = '' }) => message.trimEnd())
  } finally {
    client.destroy()
  }
}
