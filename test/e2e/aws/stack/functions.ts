import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'
import { stage } from './deployed-stack.ts'
import type { FunctionName } from './function-logs.ts'

/** What an operator does to functions. */
export interface Functions {
  /** Ends the processes of a function, also in the middle of a run; the next run has a new one. */
  crash(name: FunctionName): Promise<void>
  /** Calls a function and waits for its answer. @throws where it throws */
  invoke(name: FunctionName, event?: unknown): Promise<unknown>
}

/** @param deployed the stage whose functions they are */
export function openFunctions(cloud: Cloud, deployed = stage): Functions {
  const lambda = new LambdaClient(createClientConfig(cloud))
  return {
    crash: async (name) => {
      const FunctionName = `smc-${deployed}-${name}`
      const { Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
      // The emulator ends a function's processes when its settings are written, even to what they were.
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }))
    },
    invoke: async (name, event = {}) => {
      const Payload = Buffer.from(JSON.stringify(event))
      const answer = await lambda.send(
        new InvokeCommand({ FunctionName: `smc-${deployed}-${name}`, Payload }),
      )
      const text = Buffer.from(answer.Payload ?? []).toString()
      if (answer.FunctionError) throw new Error(text)
      return text === '' ? undefined : JSON.parse(text)
    },
  }
}
