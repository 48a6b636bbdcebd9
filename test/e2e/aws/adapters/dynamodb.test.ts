import { CreateTableCommand, DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { createDynamodbState } from '../../../../lib/adapters/state/dynamodb.ts'
import { testStateStore } from '../../../contracts/state-store.ts'
import { createFakeClock } from '../../../fakes/clock.ts'
import { describeEmulated } from '../emulators/describe-emulated.ts'
import { createClientConfig, useEmulator } from '../emulators/emulator.ts'
import { startMinistack } from '../emulators/ministack.ts'

let tables = 0

describeEmulated('state', () => {
  const ministack = useEmulator(startMinistack)
  testStateStore('dynamodb on ministack', async () => {
    const client = new DynamoDBClient(createClientConfig(ministack()))
    tables += 1
    const tableName = `state-${tables}`
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk', 'dueAt'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'due',
            KeySchema: [
              { AttributeName: 'pk', KeyType: 'HASH' },
              { AttributeName: 'dueAt', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    )
    const clock = createFakeClock()
    const scan = async () => (await client.send(new ScanCommand({ TableName: tableName }))).Items ?? []
    return {
      state: createDynamodbState({ client, tableName, clock }),
      clock,
      raiseSchema: async () => {
        for (const { pk, sk, schemaVersion } of await scan()) {
          if (!pk || !sk || !schemaVersion) continue
          await client.send(
            new UpdateItemCommand({
              TableName: tableName,
              Key: { pk, sk },
              UpdateExpression: 'SET schemaVersion = :newer',
              ExpressionAttributeValues: { ':newer': { N: '2' } },
            }),
          )
        }
      },
      dump: async () => JSON.stringify((await scan()).map((row) => JSON.stringify(row)).sort()),
    }
  })
})
