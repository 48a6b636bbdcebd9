import * as z from 'zod/mini'
import { SyncError } from '../../core/errors.ts'

/** The decoded `data` of a Kubernetes Secret: what it says, by key. It is never printed. */
export interface SecretData {
  /** `namespace/name`, for errors. */
  readonly secret: string
  readonly values: ReadonlyMap<string, string>
}

const schema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.optional(z.record(z.string(), z.string())),
  }),
  data: z._default(z.nullable(z.record(z.string(), z.string())), {}),
})

/** Reads a Secret as the API gives it; `null` for anything else. */
export function readSecretData(
  object: unknown,
): (SecretData & { readonly labels: Readonly<Record<string, string>> }) | null {
  const parsed = schema.safeParse(object)
  if (!parsed.success) return null
  const { metadata, data } = parsed.data
  const decode = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')
  return {
    secret: `${metadata.namespace}/${metadata.name}`,
    labels: metadata.labels ?? {},
    values: new Map(Object.entries(data ?? {}).map(([key, value]) => [key, decode(value)])),
  }
}

/** The value of the first of these keys that is there and not empty. */
export function readFirst({ values }: SecretData, ...keys: readonly string[]): string | undefined {
  return keys.map((key) => values.get(key)).find((value) => value !== undefined && value !== '')
}

/** The error for a Secret with credentials that cannot be used; it names keys and never a value. */
export function credentialInvalid(
  { secret }: Pick<SecretData, 'secret'>,
  key: string,
  problem: string,
): SyncError {
  return new SyncError('GitAuthFailed', { data: { secret, key, problem } })
}

/** GitHub takes any name beside a token, GitLab too. */
export const tokenUser = 'x-access-token'

/** Keys that were written inline often lack their last line break. */
export function withNewline(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`
}
