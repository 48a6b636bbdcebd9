import type { Origin } from '../secrets/desired.ts'

/** One value of a ConfigMap or of `application.properties`, before it has a name in the store. */
export interface ParameterEntry {
  readonly prefix: string
  readonly key: string
  readonly origin: Origin
  readonly bytes: Uint8Array
  /** Whether it comes from an encrypted file: then it is published as a SecureString alone. */
  readonly tainted: boolean
}
