import { SyncError } from '../../core/errors.ts'
import type { KeyKind } from '../../core/sops/keys/key-entry.ts'
import type { KeyService } from '../../ports.ts'
import type { KeyText } from '../keys/local/key-text.ts'

export interface LateKeyOptions {
  readonly kind: KeyKind
  /** The secret with the credentials, as it is now; `null` where there is none. */
  readonly readSecret: () => Promise<KeyText | null>
  /** @throws {SyncError} SopsKeyInvalid where the secret says something else */
  readonly open: (secret: KeyText) => KeyService
}

/**
 * A key service whose secret is read when a file first asks for it, since few deployments have one, and which is opened
 * anew when that has changed. What the secret does not list is refused before anything leaves.
 */
export function createLateKeyService({ kind, readSecret, open }: LateKeyOptions): KeyService {
  let opened: { readonly text: string; readonly service: KeyService } | undefined
  return {
    kind,
    isGranted: (entry) => entry.kind === kind,
    async unwrap(entry) {
      if (entry.kind !== kind) return null
      const secret = await readSecret()
      if (!secret) return null
      if (opened?.text !== secret.text) opened = { text: secret.text, service: open(secret) }
      const { service } = opened
      if (!service.isGranted(entry)) throw new SyncError('SopsKeyNotGranted')
      return await service.unwrap(entry)
    },
  }
}
