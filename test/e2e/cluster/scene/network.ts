import { createConnect } from '../../../../lib/adapters/egress/connect.ts'
import type { EgressPolicy, ResolveHost } from '../../../../lib/adapters/egress/destination.ts'
import { createEgress } from '../../../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../../../lib/adapters/git/git-client.ts'
import {
  createMintedCredentials,
  type ReadStoredCredential,
} from '../../../../lib/adapters/git/logins/minted-credentials.ts'
import type { Clock, GitClient } from '../../../../lib/ports.ts'

/** What a deployment lets its worker reach, and what names resolve to. */
export interface Network {
  readonly egress: EgressPolicy
  readonly resolve?: ResolveHost
}

/** Reads Git as the worker of a deployment does: what its network does not list stays out of reach. */
export function createNetworkedGit(
  { egress: rules, resolve }: Network,
  { readStored, clock }: { readonly readStored: ReadStoredCredential; readonly clock: Clock },
): GitClient {
  const egress = createEgress(rules, resolve)
  return createGitClient({
    egress,
    connect: createConnect(rules, resolve),
    readCredential: createMintedCredentials(readStored, {
      egress,
      now: clock.now,
      readAwsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
    }),
  })
}
