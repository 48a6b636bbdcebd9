import { describe, expect, it } from 'vitest'
import { assertProjectPermits } from '../../../../../lib/core/source/argocd/app-project.ts'
import { parseApplication } from '../../../../../lib/core/source/argocd/application.ts'
import { parseGitRepository } from '../../../../../lib/core/source/flux/git-repository.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { createApplication, createGitRepository } from '../../../../fakes/manifests.ts'

const cluster = { name: 'prod', argocdNamespace: 'argocd' }
const project = (spec: Readonly<Record<string, unknown>>) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace: 'argocd' },
  spec,
})
const source = (repoURL = 'https://git.test/o/r', namespace = 'argocd') => {
  const manifest = createApplication({ source: { repoURL, path: '.' } })
  return parseApplication({ ...manifest, metadata: { ...manifest.metadata, namespace } })
}
const judge = (sourceRepos: string[], url?: string) =>
  catchError(() => assertProjectPermits(project({ sourceRepos }), source(url), cluster))?.data['path'] ?? null

describe('the repositories of a project', () => {
  it.each([
    [['*'], null],
    [['https://git.test/o/*'], null],
    [['https://git.test/O/R.git'], null],
    [['https://other.test/*', 'https://git.test/**'], null],
    [['!https://other.test/*'], null],
    [[], 'spec.source.repoURL'],
    [['https://git.test/*'], 'spec.source.repoURL'],
    [['https://git.test/other'], 'spec.source.repoURL'],
    [['*', '!https://git.test/o/*'], 'spec.source.repoURL'],
    [['{'], 'spec.source.repoURL'],
    [['*', '!{'], 'spec.source.repoURL'],
  ])('%j', (sourceRepos, path) => {
    expect(judge(sourceRepos)).toBe(path)
  })

  it('are whole parts of the path', () => {
    expect(judge(['https://git.test/o/r'], 'https://git.test/o/r-evil')).toBe('spec.source.repoURL')
  })
})

describe('the namespaces of a project', () => {
  const judgeNamespace = (sourceNamespaces: string[], namespace: string) =>
    catchError(() =>
      assertProjectPermits(
        project({ sourceRepos: ['*'], sourceNamespaces }),
        source(undefined, namespace),
        cluster,
      ),
    )?.data['path'] ?? null

  it.each([
    [[], 'argocd', null],
    [['team-*'], 'team-a', null],
    [['/^team-[ab]$/'], 'team-b', null],
    [[], 'team-a', 'metadata.namespace'],
    [['team-b'], 'team-a', 'metadata.namespace'],
  ])('are %j, so in %s the answer is %s', (sourceNamespaces, namespace, path) => {
    expect(judgeNamespace(sourceNamespaces, namespace)).toBe(path)
  })
})

describe('a project that is missing', () => {
  it('refuses in a cluster, and says nothing in files', () => {
    expect(catchError(() => assertProjectPermits(null, source(), cluster))).toMatchObject({
      code: 'NotPermitted',
      data: { path: 'spec.project', project: 'default' },
    })
    expect(catchError(() => assertProjectPermits(null, source(), null))).toBeNull()
  })

  it('does not concern a GitRepository', () => {
    const repository = parseGitRepository(createGitRepository())
    expect(catchError(() => assertProjectPermits(null, repository, cluster))).toBeNull()
  })
})
