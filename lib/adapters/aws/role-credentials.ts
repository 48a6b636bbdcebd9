import type { STSClientConfig } from '@aws-sdk/client-sts'
import { requestHandler } from './request-handler.ts'

/** How this deployment presents itself where it assumes a role. */
export interface RoleSession {
  /** Shown in CloudTrail. */
  readonly sessionName?: string
  /** Derived from the deployment and the tenant, never chosen by either; sent where it is given. */
  readonly externalId?: string
}

export type CredentialsProvider = Extract<STSClientConfig['credentials'], (...args: never) => unknown>

/**
 * Credentials of `roleArn`, from STS in the region of their use. A client asks again shortly before they expire.
 * @throws (from the provider) errors of STS as they are; one named `EmptyAnswer`
 */
export async function createRoleCredentials(
  region: string,
  roleArn: string,
  { sessionName = 'secret-manager-controller', externalId }: RoleSession,
): Promise<CredentialsProvider> {
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts')
  const sts = new STSClient({ region, requestHandler })
  return async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: formatSessionName(sessionName),
        ...(externalId && { ExternalId: externalId }),
      }),
    )
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {}
    if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
      throw Object.assign(new Error('STS gave no credentials'), { name: 'EmptyAnswer' })
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration && { expiration: Expiration }),
    }
  }
}

/** What STS takes as a session name; sops sends characters that it refuses. */
function formatSessionName(text: string): string {
  return text.replaceAll(/[^\w+=,.@-]/g, '-').slice(0, 64)
}
