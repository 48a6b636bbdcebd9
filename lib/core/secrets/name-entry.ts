import type { Config } from '../config/config.ts'
import type { SecretName } from './desired.ts'
import { expandNameTemplate } from './name-template.ts'
import { formatSecretName } from './naming.ts'
import type { SecretEntry } from './secret-entry.ts'

/**
 * The name of an entry: by the template of the config, else as the original controller forms it. Where there is no
 * key, the object stands for it.
 */
export function nameEntry(
  { namespace, secrets }: Pick<Config, 'namespace' | 'secrets'>,
  { prefix, object, key }: Pick<SecretEntry, 'prefix' | 'object' | 'key'>,
): SecretName {
  const { environment, suffix = '', nameTemplate } = secrets
  if (!nameTemplate) return formatSecretName({ prefix, key: key ?? object, suffix })
  return expandNameTemplate(nameTemplate, {
    environment,
    namespace,
    name: object,
    key: key ?? object,
    prefix,
    suffix,
  })
}
