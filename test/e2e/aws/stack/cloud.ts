import { account, type Emulator, region } from '../emulators/emulator.ts'
import { startMinistack } from '../emulators/ministack.ts'
import { startMoto } from '../emulators/moto.ts'
import {
  type SecretsManagerForwarder,
  startSecretsManagerForwarder,
} from '../emulators/secrets-manager-forwarder.ts'

/** An AWS account on loopback: ministack, with Secrets Manager answered by moto. */
export interface Cloud {
  readonly url: string
  readonly account: string
  readonly region: string
  /** What the service asks of Secrets Manager. */
  readonly secretsManager: SecretsManagerForwarder
  /** Secrets Manager for the tests, past the forwarder. */
  readonly secretsUrl: string
  /** For the AWS clients of tools and tests. */
  readonly environment: Readonly<Record<string, string>>
  /** What functions and emulator have printed. */
  printed(): string
  stop(): Promise<void>
}

export interface CloudOptions {
  /** Whether signatures and policies are checked. */
  readonly auth?: boolean
  /** Whether an invocation ends only when its log is complete; costs a third of a second where there is none. */
  readonly patientLogs?: boolean
}

/** Starts the emulators, side by side where they do not need each other. */
export async function startCloud({ auth = false, patientLogs = false }: CloudOptions = {}): Promise<Cloud> {
  const moto = await startMoto()
  const secretsManager = await startSecretsManagerForwarder(moto.url)
  const ministack: Emulator = await startMinistack({
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      ...(auth && { AUTH: 'true' }),
      ...(patientLogs && { PATIENT_LOGS: '1' }),
    },
  })
  if (auth) secretsManager.judge = ministack.url
  const environment = {
    AWS_ENDPOINT_URL: ministack.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  return {
    url: ministack.url,
    account,
    region,
    secretsManager,
    secretsUrl: moto.url,
    environment,
    printed: () => ministack.printed(),
    stop: async () => {
      await ministack.stop()
      await Promise.all([moto.stop(), secretsManager.close()])
    },
  }
}
