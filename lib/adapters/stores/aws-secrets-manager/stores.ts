import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { SecretStores } from '../../../ports.ts'
import { openEachPlaceOnce, type PlaceOptions } from '../../aws/places.ts'
import { createSecretsManagerStore } from '../aws-secrets-manager.ts'

export interface SecretsManagerStoresOptions extends PlaceOptions {
  /** How long lists are not believed. */
  readonly listLagMs?: number
}

/** The stores of all regions and roles that configs name. */
export function createSecretsManagerStores({
  listLagMs,
  ...options
}: SecretsManagerStoresOptions): SecretStores {
  return openEachPlaceOnce(options, ({ target, credentials }) => {
    const client = new SecretsManagerClient({
      region: target.region,
      // Slows down by itself where AWS asks for it: many secrets may be written at a time.
      retryMode: 'adaptive',
      ...(credentials && { credentials }),
    })
    return createSecretsManagerStore({ client, target, ...(listLagMs === undefined ? {} : { listLagMs }) })
  })
}
