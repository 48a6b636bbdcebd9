import * as z from 'zod/mini'
import type { Manifest } from '../../config/manifest.ts'
import { normalizeRepositoryPath } from '../../files/repository-path.ts'
import { readSpec } from '../read-spec.ts'
import { isCommit } from '../revision.ts'
import { parseConstraint } from '../semver/semver-constraint.ts'
import type { ArtifactFilter, LiveCluster, Ref, Revision, Source } from '../source.ts'
import { sourceInvalid, sourceUnsupported } from '../source-errors.ts'
import { parseRepositoryUrl } from '../url.ts'
import { readArtifactRevision } from './git-repository-status.ts'

const optionalText = z._default(z.string(), '')

const refSchema = z.object({
  branch: optionalText,
  tag: optionalText,
  semver: optionalText,
  name: optionalText,
  commit: optionalText,
})

const schema = z.object({
  url: z.string(),
  ref: z.optional(refSchema),
  secretRef: z.optional(z.object({ name: z.string() })),
  suspend: z._default(z.boolean(), false),
  ignore: z.optional(z.string()),
  sparseCheckout: z._default(z.array(z.string()), []),
  provider: optionalText,
  recurseSubmodules: z._default(z.boolean(), false),
  include: z._default(z.array(z.unknown()), []),
  verify: z.optional(z.unknown()),
  serviceAccountName: optionalText,
  proxySecretRef: z.optional(z.object({ name: z.string() })),
})

type Spec = z.infer<typeof schema>

/**
 * A Flux GitRepository. Of the refs commit wins, then name, tag, semver, branch; without any it is `master`. In a
 * cluster it has to be ready; its artifact is only a pointer, and where `verify` is set the revision that Flux has
 * verified is the one to take.
 * @throws {SyncError} SourceInvalid, SourceUnsupported, ArtifactNotAvailable, SourceNotReady
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export function parseGitRepository(manifest: Manifest, cluster: LiveCluster | null = null): Source {
  const spec = readSpec(manifest, schema)
  const { namespace, name } = manifest.metadata
  assertSupported(spec, cluster)
  const revision = cluster && !spec.suspend ? readArtifactRevision(manifest, isVerified(spec)) : null
  return {
    origin: { kind: 'GitRepository', namespace, name },
    url: parseRepositoryUrl(spec.url, 'spec.url'),
    ref: parseRef(spec.ref),
    suspended: spec.suspend,
    ...readCredentials(spec, manifest.metadata, cluster),
    artifact: readArtifactFilter(spec),
    ...pin(spec, revision),
  }
}

function readArtifactFilter({ ignore, sparseCheckout }: Spec): ArtifactFilter {
  const directories = sparseCheckout.map((path, n) => {
    const directory = normalizeRepositoryPath(path)
    if (directory === null) throw sourceInvalid(`spec.sparseCheckout[${n}]`, 'leaves the repository')
    return directory
  })
  return { ...(ignore !== undefined && { ignore }), ...(directories.length > 0 && { directories }) }
}

function readCredentials(
  { secretRef, provider, proxySecretRef }: Spec,
  { namespace, name }: Manifest['metadata'],
  cluster: LiveCluster | null,
): Pick<Source, 'credentials'> {
  // Flux logs in as itself, the service as a principal of its own.
  const own = provider === 'azure' && !secretRef
  if (!secretRef && !proxySecretRef && provider !== 'aws' && !own) return {}
  return {
    credentials: {
      namespace,
      name: secretRef?.name ?? (own ? name : ''),
      ...(cluster && { cluster: cluster.name }),
      ...((provider === 'github' || provider === 'aws' || own) && { provider }),
      ...(proxySecretRef && { proxy: { namespace, name: proxySecretRef.name } }),
    },
  }
}

function isVerified({ verify }: Spec): boolean {
  return verify !== undefined
}

/** Trust in a verified commit does not pass to the one that its branch has now. */
function pin(spec: Spec, revision: Revision | null): Pick<Source, 'pinned'> {
  return revision && isVerified(spec) ? { pinned: revision } : {}
}

function assertSupported(spec: Spec, cluster: LiveCluster | null): void {
  assertProvider(spec, cluster)
  if (spec.recurseSubmodules) throw sourceUnsupported('spec.recurseSubmodules', 'is true')
  if (spec.include.length > 0) throw sourceUnsupported('spec.include', 'is set')
  if (isVerified(spec) && !cluster) throw sourceUnsupported('spec.verify', 'is set')
  if (spec.serviceAccountName !== '') throw sourceUnsupported('spec.serviceAccountName', 'is set')
}

/** In files, the secret of the service says how to log in; the role of the function itself is for clusters. */
function assertProvider({ provider, secretRef }: Spec, cluster: LiveCluster | null): void {
  if (['', 'generic', 'azure'].includes(provider) || (provider === 'aws' && cluster)) return
  if (provider !== 'github') throw sourceUnsupported('spec.provider', `is ${provider}`)
  if (!secretRef) throw sourceInvalid('spec.secretRef', 'is missing beside provider github')
}

function parseRef(ref: Spec['ref']): Ref {
  if (!ref) return { branch: 'master' }
  const { branch, tag, semver, name, commit } = ref
  if (tag !== '' && semver !== '') throw sourceUnsupported('spec.ref.semver', 'is set beside spec.ref.tag')
  if (commit !== '') return parseCommit(commit)
  if (name !== '') return { name: parseRefName(name) }
  if (tag !== '') return { tag }
  return semver === '' ? { branch: branch || 'master' } : { semver: parseRange(semver) }
}

function parseCommit(commit: string): Ref {
  if (isCommit(commit)) return { commit }
  if (/^[0-9a-f]{7,39}$/.test(commit)) return { abbreviation: commit }
  throw sourceInvalid('spec.ref.commit', 'is no commit id')
}

function parseRange(semver: string): string {
  if (!parseConstraint(semver)) throw sourceInvalid('spec.ref.semver', 'is no version range')
  return semver
}

function parseRefName(name: string): string {
  if (name !== 'HEAD' && !name.startsWith('refs/'))
    throw sourceInvalid('spec.ref.name', 'is no full ref name')
  return name
}
