import type { KeyEntry } from './core/sops/key-entry.ts'

/**
 * Opens encrypted data keys. One service stands for one kind of key and for the keys granted to one config.
 * `null` says "none of my keys is meant"; an error says "mine, but broken", or that the outside failed.
 */
export interface KeyService {
  readonly kind: KeyEntry['kind']
  /**
   * The data key, or the Shamir part, in `entry`.
   * @throws {SyncError} SopsKeyNotGranted, SopsKeyServiceUnavailable, KmsAccessDenied, SopsKeyInvalid
   */
  unwrap(entry: KeyEntry): Promise<Uint8Array | null>
}
