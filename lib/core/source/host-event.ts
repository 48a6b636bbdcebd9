/** A webhook delivery as it arrived: header names in lower case, and the bytes that were signed. */
export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

/** One ref that a push moved. What the payload says about it is a hint; the worker asks the Git server. */
export interface PushedRef {
  /** The full name; `null` where the payload has none. */
  readonly name: string | null
  readonly deleted: boolean
  /** Where the ref is now, as 40 or 64 hex characters; absent where it is gone or the payload does not say. */
  readonly commit?: string
}

/** What a delivery is about. */
export type HostEvent =
  | { readonly kind: 'ping' }
  | { readonly kind: 'other' }
  | {
      readonly kind: 'push'
      /** Every URL that the payload gives for the repository; they pick a configured one and are never fetched. */
      readonly repositoryUrls: readonly string[]
      /** Every ref of the push, also where a host sends many; empty where the payload names none. */
      readonly refs: readonly PushedRef[]
      /** Whom the payload names as the one who pushed, as it stands there. */
      readonly pusher?: string
    }
