import * as z from 'zod/mini'
import { kmsKeyIdPattern, regionPattern, roleArnPattern } from './aws-names.ts'

const flag = (byDefault: boolean) => z._default(z.boolean(), byDefault)

const matching = (pattern: RegExp, problem: string, maximumLength: number) =>
  z
    .string()
    .check(z.regex(pattern, problem), z.maxLength(maximumLength, `has more than ${maximumLength} characters`))

/** RFC 1123 subdomain: what Kubernetes takes as the name of an object. */
export const objectName = matching(
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
  'must be a name in the sense of RFC 1123',
  253,
)

/** RFC 1123 label. */
export const namespaceName = matching(
  /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/,
  'must be a namespace in the sense of RFC 1123',
  63,
)

const affix = matching(/^[a-zA-Z0-9_-]*$/, 'must consist of letters, digits, _ and -', 255)
const path = z.string().check(z.maxLength(4_096, 'has more than 4096 characters'))
const region = matching(regionPattern, 'must be an AWS region', 64)

const sourceRef = z.strictObject({
  kind: z._default(z.enum(['GitRepository', 'Application']), 'GitRepository'),
  name: objectName,
  namespace: namespaceName,
  gitCredentials: z.optional(z.strictObject({ name: objectName, namespace: z.optional(namespaceName) })),
  source: z.optional(
    matching(/^(?:\*|[A-Za-z0-9_-]*)$/, 'must be the name or the number of a source, or *', 253),
  ),
  revision: z._default(z.enum(['latest', 'deployed']), 'latest'),
})

const aws = z.strictObject({
  region,
  auth: z.optional(
    z.strictObject({
      authType: z.enum(['irsa']),
      roleArn: matching(roleArnPattern, 'must be the ARN of an IAM role', 2_048),
    }),
  ),
  kmsKeyId: z.optional(matching(kmsKeyIdPattern, 'must be the id, alias or ARN of a KMS key', 2_048)),
  description: z.optional(z.string().check(z.maxLength(2_048, 'has more than 2048 characters'))),
  tags: z.optional(z.unknown()),
  replicaRegions: z._default(z.array(region), []),
})

const secrets = z.strictObject({
  environment: matching(
    /^[a-z0-9](?:[-a-z0-9_.]*[a-z0-9])?$/,
    'must consist of lower-case letters, digits, -, _ and ., and begin and end with a letter or digit',
    63,
  ),
  kustomizePath: z.optional(path),
  kustomization: z.optional(z.strictObject({ name: objectName, namespace: z.optional(namespaceName) })),
  basePath: z.optional(path),
  prefix: z.optional(affix),
  suffix: z.optional(affix),
  layout: z._default(z.enum(['key', 'secret']), 'key'),
  nameTemplate: z.optional(z.string().check(z.maxLength(512, 'has more than 512 characters'))),
})

const configs = z.strictObject({
  enabled: flag(false),
  parameterPath: z.optional(
    matching(/^(?:\/[A-Za-z0-9._-]+)+$/, 'must be a path of letters, digits, ., _ and -', 1_011),
  ),
  parameterType: z._default(z.enum(['String', 'SecureString']), 'String'),
  store: z.optional(z.enum(['secretManager', 'ParameterManager'])),
  appConfigEndpoint: z.optional(z.string()),
})

/**
 * `spec` of a SecretManagerConfig, nulls removed. What has no effect here is not looked into, so that no value of it
 * (`otel.apiKey`) reaches an error.
 * @see docs/configuration.md
 */
export const specSchema = z.strictObject({
  sourceRef,
  provider: z.strictObject({
    type: z.optional(z.enum(['gcp', 'aws', 'azure'])),
    aws: z.optional(aws),
    gcp: z.optional(z.unknown()),
    azure: z.optional(z.unknown()),
  }),
  secrets,
  configs: z.optional(configs),
  otel: z.optional(z.unknown()),
  gitRepositoryPullInterval: z._default(z.string(), '5m'),
  reconcileInterval: z._default(z.string(), '1m'),
  diffDiscovery: flag(true),
  triggerUpdate: flag(true),
  suspend: flag(false),
  suspendGitPulls: flag(false),
  notifications: z.optional(z.unknown()),
  logging: z.optional(z.unknown()),
  hotReload: z.optional(z.unknown()),
  prune: z._default(z.enum(['off', 'report', 'schedule']), 'report'),
  recoveryWindowDays: z._default(z.int().check(z.minimum(7), z.maximum(30)), 30),
  adopt: z._default(
    z.array(
      z.strictObject({
        name: z.string(),
        versionId: z.optional(z.string()),
        version: z.optional(z.int().check(z.positive())),
      }),
    ),
    [],
  ),
  publish: z._default(z.enum(['direct', 'atomic']), 'direct'),
})

/** `spec` after the schema: defaults filled in, nothing resolved yet. */
export type Spec = z.infer<typeof specSchema>
