import {
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { createSsmParameterStore } from '../../../../lib/adapters/parameters/aws-ssm.ts'
import { testParameterStore } from '../../../contracts/parameter-store.ts'
import { describeEmulated } from '../emulators/describe-emulated.ts'
import { createClientConfig, useEmulator } from '../emulators/emulator.ts'
import { startMoto } from '../emulators/moto.ts'

/** As many as the tests leave behind, ten at a time. */
async function removeAll(client: SSMClient): Promise<void> {
  for (;;) {
    const { Parameters = [] } = await client.send(new DescribeParametersCommand({ MaxResults: 10 }))
    if (Parameters.length === 0) return
    await client.send(new DeleteParametersCommand({ Names: Parameters.map(({ Name = '' }) => Name) }))
  }
}

describeEmulated('parameters', () => {
  const moto = useEmulator(startMoto)
  testParameterStore('aws-ssm on moto', async () => {
    const client = new SSMClient(createClientConfig(moto()))
    return {
      store: createSsmParameterStore({ client, target: moto() }),
      read: async (name) => {
        const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }))
        const { Parameters: [found] = [] } = await client.send(
          new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Values: [name] }] }),
        )
        return { type: found?.Type ?? '', tier: found?.Tier ?? '', value: Parameter?.Value ?? '' }
      },
      edit: async (name, value) => {
        await client.send(new PutParameterCommand({ Name: name, Value: value, Overwrite: true }))
      },
      close: async () => {
        await removeAll(client)
        client.destroy()
      },
    }
  })
})
