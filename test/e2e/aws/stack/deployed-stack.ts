import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'

const execute = promisify(execFile)
const script = join(import.meta.dirname, '../../../../scripts/stack')

/** Settings and caches of tools stay apart from the user's. */
const home = join(tmpdir(), 'smc-e2e-home')

export type Params = Readonly<Record<string, string | number>>

/** Outputs of the stack, by name. */
export type Outputs = Readonly<Record<string, string>>

export const stage = 'e2e'

/** Runs the real `osls deploy` into the cloud. @throws with what it printed */
export async function deployStack(cloud: Cloud, params: Params = {}): Promise<Outputs> {
  await runScript(cloud, 'deploy', params)
  const client = new CloudFormationClient(createClientConfig(cloud))
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: `smc-${stage}` }))
  const outputs = Stacks[0]?.Outputs ?? []
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))
}

/** Runs the real `osls remove`. */
export async function removeStack(cloud: Cloud, params: Params = {}): Promise<void> {
  await runScript(cloud, 'remove', params)
}

async function runScript(cloud: Cloud, command: 'deploy' | 'remove', params: Params): Promise<void> {
  const options = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`])
  const env = { PATH: process.env['PATH'], HOME: home, ...cloud.environment }
  try {
    await execute(script, [command, '--stage', stage, '--region', cloud.region, ...options], { env })
  } catch (failure) {
    const { stdout = '', stderr = '' } = failure as { stdout?: string; stderr?: string }
    throw new Error(`${command} failed:\n${stdout}\n${stderr}`)
  }
}
