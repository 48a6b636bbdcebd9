import { SSMClient } from '@aws-sdk/client-ssm'
import type { ParameterStores } from '../../../ports.ts'
import { openEachPlaceOnce, type PlaceOptions } from '../../aws/places.ts'
import { createSsmParameterStore } from '../aws-ssm.ts'

/** Parameter Store takes three writes a second; a call waits for its turn rather than fail. */
const maxAttempts = 8

/** The parameters of all regions and roles that configs name. */
export function createSsmParameterStores(options: PlaceOptions): ParameterStores {
  return openEachPlaceOnce(options, ({ target, credentials }) => {
    const client = new SSMClient({
      region: target.region,
      retryMode: 'adaptive',
      maxAttempts,
      ...(credentials && { credentials }),
    })
    return createSsmParameterStore({ client, target })
  })
}
