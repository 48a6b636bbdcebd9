import { afterAll, beforeAll } from 'vitest'
import { preparationTimeoutMs } from './python-environment.ts'

export const account = '123456789012'
export const region = 'eu-west-1'

/** A running stand-in for AWS. */
export interface Emulator {
  readonly url: string
  readonly account: string
  readonly region: string
  printed(): string
  stop(): Promise<void>
}

/** Starts an emulator for the tests of one file. The function that is returned is for use within tests. */
export function useEmulator(start: () => Promise<Emulator>): () => Emulator {
  let emulator: Emulator | undefined
  beforeAll(async () => {
    emulator = await start()
  }, preparationTimeoutMs)
  afterAll(() => emulator?.stop())
  return () => {
    if (!emulator) throw new Error('the emulator has not started')
    return emulator
  }
}

/** Settings of an SDK client that talks to `emulator`. */
export function createClientConfig({ url, region }: Pick<Emulator, 'url' | 'region'>) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return { endpoint: url, region, credentials, maxAttempts: 1 }
}
