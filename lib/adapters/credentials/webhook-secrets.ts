import { SyncError } from '../../core/errors.ts'
import type { WebhookSecrets } from '../../ports.ts'
import { createSecretTexts, type ReadSecretText, type SecretTextOptions } from './secret-texts.ts'

export interface WebhookSecretOptions extends SecretTextOptions {
  /** ARNs of the secrets of each Git host. */
  readonly arns: ReadonlyMap<string, readonly string[]>
}

/**
 * Secrets of webhooks from AWS Secrets Manager, each as the text of its current version.
 * @throws {SyncError} WebhookSecretMissing where one does not exist, and as `createSecretTexts` says
 */
export function createWebhookSecrets({ arns, ...options }: WebhookSecretOptions): WebhookSecrets {
  const readText = createSecretTexts(options)
  return async (host) => await Promise.all((arns.get(host) ?? []).map((arn) => readSecret(readText, arn)))
}

async function readSecret(readText: ReadSecretText, arn: string): Promise<string> {
  const text = await readText(arn)
  if (text === null) throw new SyncError('WebhookSecretMissing', { data: { secret: arn } })
  // Secrets that come from a file end in a line break, which nobody types into the form of a Git host.
  return text.replace(/\r?\n$/, '')
}
