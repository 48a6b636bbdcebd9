import { parseDocument } from 'yaml'
import * as z from 'zod/mini'
import { SyncError } from '../../errors.ts'
import { isSshSigner } from '../../git/ssh-signature.ts'
import { describeIssue } from '../../schema/describe-issue.ts'
import type { Policy, TenantGrant } from './policy.ts'

const texts = z.exactOptional(z.array(z.string().check(z.minLength(1))))

const grant = z.strictObject({
  tenant: z
    .string()
    .check(z.regex(/^[a-z0-9][a-z0-9.-]{0,62}\/[a-z0-9][a-z0-9-]{0,62}$/, 'must be <source>/<namespace>')),
  sourceNamespaces: texts,
  repositories: z.exactOptional(z.array(z.url({ message: 'must be a URL' }))),
  namePrefixes: z._default(z.array(z.string().check(z.minLength(1))), []),
  parameterPrefixes: texts,
  decryptionKeys: texts,
  roles: texts,
  accounts: z.exactOptional(
    z.array(z.string().check(z.regex(/^\d{12}$/, 'must be an account of twelve digits'))),
  ),
  regions: texts,
  encryptionKeys: texts,
  adopt: z.exactOptional(z.boolean()),
  prune: z.exactOptional(z.boolean()),
})

const signer = z.string().check(z.refine(isSigner, 'must be a public key of SSH or an armored one of PGP'))

const repositoryRules = z.exactOptional(
  z.array(
    z.strictObject({
      url: z.url({ message: 'must be a URL' }),
      fastForward: z.exactOptional(z.boolean()),
      signedBy: z.exactOptional(z.array(signer).check(z.minLength(1))),
    }),
  ),
)

const schema = z.discriminatedUnion('tenancy', [
  z.strictObject({ tenancy: z.literal('single'), repositoryRules }),
  z.strictObject({
    tenancy: z.literal('listed'),
    tenants: z._default(z.array(grant), []),
    repositoryRules,
  }),
])

/**
 * Reads a policy file: YAML or JSON, `tenancy: single`, or `tenancy: listed` with what each tenant may use.
 * @throws {SyncError} PolicyInvalid, naming the path of the field
 * @see docs/tenancy.md
 */
export function parsePolicy(text: string): Policy {
  const input = readYaml(text)
  const parsed = schema.safeParse(input)
  if (!parsed.success) {
    const { path, problem } = describeIssue(parsed.error.issues, input, 'policy')
    throw policyInvalid(path, problem)
  }
  if (parsed.data.tenancy === 'listed') assertDistinct(parsed.data.tenants)
  return parsed.data
}

function isSigner(text: string): boolean {
  return text.trimStart().startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----') || isSshSigner(text)
}

/** Two entries for one tenant would leave open whether one narrows the other. */
function assertDistinct(tenants: readonly TenantGrant[]): void {
  const names = tenants.map(({ tenant }) => tenant)
  const repeated = names.findIndex((name, n) => names.indexOf(name) !== n)
  if (repeated >= 0) throw policyInvalid(`policy.tenants[${repeated}].tenant`, 'is listed twice')
}

function readYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' })
  if (document.errors.length > 0) throw policyInvalid('policy', 'is no readable YAML')
  return document.toJS({ maxAliasCount: 100 })
}

function policyInvalid(path: string, problem: string): SyncError {
  return new SyncError('PolicyInvalid', { data: { path, problem } })
}
