import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'
import { stage } from './deployed-stack.ts'

export const functionNames = ['webhook', 'worker', 'reconcile', 'api'] as const
export type FunctionName = (typeof functionNames)[number]

/** A line of the service's own. */
export interface LogLine {
  readonly message: string
  readonly requestId?: string
  readonly configId?: string
  readonly code?: string
  readonly counts?: Readonly<Record<string, number>>
}

/** Every line that a function has logged so far. */
export async function readLogs(cloud: Cloud, name: FunctionName): Promise<readonly string[]> {
  const client = new CloudWatchLogsClient(createClientConfig(cloud))
  const logGroupName = `/aws/lambda/smc-${stage}-${name}`
  const lines: string[] = []
  let nextToken: string | undefined
  try {
    do {
      const page = await client.send(new FilterLogEventsCommand({ logGroupName, nextToken }))
      lines.push(...(page.events ?? []).map(({ message = '' }) => message.trimEnd()))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return lines
  } finally {
    client.destroy()
  }
}

/** The lines that the service itself has logged, without those of the runtime and without metrics. */
export async function readLines(cloud: Cloud, name: FunctionName): Promise<readonly LogLine[]> {
  const lines = await readLogs(cloud, name)
  return lines.flatMap((line) => {
    const begin = line.indexOf('{')
    if (begin < 0) return []
    try {
      const parsed: LogLine = JSON.parse(line.slice(begin))
      return parsed.message === undefined ? [] : [parsed]
    } catch {
      // A line of the runtime that happens to hold a brace.
      return []
    }
  })
}
