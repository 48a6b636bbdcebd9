import * as z from 'zod/mini'
import type { Manifest } from '../../config/manifest.ts'
import { SyncError } from '../../errors.ts'
import { createGlob, createNamePattern } from '../glob.ts'
import { readSpec } from '../read-spec.ts'
import type { LiveCluster, Source } from '../source.ts'
import { normalizeArgoUrl } from './argo-url.ts'

const texts = z._default(z.array(z.string()), [])
const schema = z.object({ sourceRepos: texts, sourceNamespaces: texts })

/**
 * Whether the project of an Application lets it be where it is and follow what it does, as Argo CD judges it. In files
 * a project may be missing; in a cluster an Application without one is refused, as Argo CD does.
 * @throws {SyncError} NotPermitted, SourceInvalid (a project that cannot be read)
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export function assertProjectPermits(
  project: Manifest | null,
  source: Source,
  cluster: LiveCluster | null,
): void {
  if (source.project === undefined) return
  if (!project) {
    if (cluster) throw notPermitted('spec.project', source)
    return
  }
  const { sourceRepos, sourceNamespaces } = readSpec(project, schema)
  const home = cluster?.argocdNamespace ?? project.metadata.namespace
  const { namespace } = source.origin
  if (namespace !== home && !sourceNamespaces.some((pattern) => createNamePattern(pattern)?.(namespace))) {
    throw notPermitted('metadata.namespace', source)
  }
  if (!isRepositoryPermitted(sourceRepos, source.url)) throw notPermitted('spec.source.repoURL', source)
}

/** What a `!` pattern matches is refused, whatever else matches; a list of nothing else refuses nothing else. */
function isRepositoryPermitted(patterns: readonly string[], url: string): boolean {
  const wanted = normalizeArgoUrl(url)
  const judged = patterns.map((pattern) => {
    const denies = pattern.startsWith('!')
    const bare = denies ? pattern.slice(1) : pattern
    const glob = createGlob(bare === '*' ? bare : normalizeArgoUrl(bare))
    return { denies, matches: glob?.(wanted) ?? denies }
  })
  return (
    judged.length > 0 &&
    !judged.some(({ denies, matches }) => denies && matches) &&
    judged.some(({ denies, matches }) => denies || matches)
  )
}

function notPermitted(path: string, { origin, project = '' }: Source): SyncError {
  return new SyncError('NotPermitted', {
    data: { application: `${origin.namespace}/${origin.name}`, path, project },
  })
}
