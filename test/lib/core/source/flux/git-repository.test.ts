import { describe, expect, it } from 'vitest'
import { parseGitRepository } from '../../../../../lib/core/source/flux/git-repository.ts'
import type { Ref } from '../../../../../lib/core/source/source.ts'
import { createGitRepository } from '../../../../fakes/manifests.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'

describe('parseGitRepository', () => {
  it('reads everything that is followed', () => {
    const manifest = createGitRepository({
      url: 'https://git.test/o/r.git',
      ref: { branch: 'main' },
      secretRef: { name: 'git-credentials' },
      suspend: true,
    })
    expect(parseGitRepository(manifest)).toEqual({
      origin: { kind: 'GitRepository', namespace: 'flux-system', name: 'repo' },
      url: 'https://git.test/o/r.git',
      ref: { branch: 'main' },
      suspended: true,
      credentials: { namespace: 'flux-system', name: 'git-credentials' },
      artifact: {},
    })
    const sparseCheckout = ['./apps/web', 'base']
    expect(parseGitRepository(createGitRepository({ ignore: '*.txt', sparseCheckout })).artifact).toEqual({
      ignore: '*.txt',
      directories: ['apps/web', 'base'],
    })
  })

  const refs: [unknown, Ref][] = [
    [undefined, { branch: 'master' }],
    [null, { branch: 'master' }],
    [{}, { branch: 'master' }],
    [{ branch: 'main' }, { branch: 'main' }],
    [{ branch: 'main', semver: '>=1.0.0' }, { semver: '>=1.0.0' }],
    [{ branch: 'main', tag: 'v1' }, { tag: 'v1' }],
    [{ tag: 'v1', name: 'refs/heads/main' }, { name: 'refs/heads/main' }],
    [{ semver: '^1', name: 'refs/tags/v1^{}' }, { name: 'refs/tags/v1^{}' }],
    [{ branch: 'main', name: 'HEAD', commit }, { commit }],
    [{ branch: 'main', commit: 'abc123def456' }, { abbreviation: 'abc123def456' }],
    [{ branch: 'main', tag: '', semver: null }, { branch: 'main' }],
  ]

  it('logs in as a GitHub App, and to CodeCommit without a Secret in a cluster', () => {
    const github = createGitRepository({ provider: 'github', secretRef: { name: 'app' } })
    expect(parseGitRepository(github).credentials).toEqual({
      namespace: 'flux-system',
      name: 'app',
      provider: 'github',
    })
    const aws = createGitRepository({ provider: 'aws', suspend: true })
    expect(parseGitRepository(aws, { name: 'prod', argocdNamespace: 'argocd' }).credentials).toEqual({
      namespace: 'flux-system',
      name: '',
      cluster: 'prod',
      provider: 'aws',
    })
    expect(() => parseGitRepository(createGitRepository({ provider: 'github' }))).toThrow(
      expect.objectContaining({ code: 'SourceInvalid' }),
    )
  })

  it('logs in to Azure DevOps by its own name, or by the Secret that it has', () => {
    const read = (spec: object) =>
      parseGitRepository(createGitRepository({ provider: 'azure', ...spec })).credentials
    expect(read({})).toEqual({ namespace: 'flux-system', name: 'repo', provider: 'azure' })
    expect(read({ secretRef: { name: 'pat' } })).toEqual({ namespace: 'flux-system', name: 'pat' })
  })

  it('names the Secret of a proxy beside that of the login, or without one', () => {
    const proxy = { namespace: 'flux-system', name: 'proxy' }
    const spec = { proxySecretRef: { name: 'proxy' } }
    expect(parseGitRepository(createGitRepository(spec)).credentials).toEqual({
      namespace: 'flux-system',
      name: '',
      proxy,
    })
    const both = createGitRepository({ ...spec, secretRef: { name: 'login' }, suspend: true })
    expect(parseGitRepository(both, { name: 'prod', argocdNamespace: 'argocd' }).credentials).toEqual({
      namespace: 'flux-system',
      name: 'login',
      cluster: 'prod',
      proxy,
    })
  })

  it.each(refs)('follows, of %j, %j', (ref, expected) => {
    expect(parseGitRepository(createGitRepository({ ref })).ref).toEqual(expected)
  })

  it.each([
    ['spec.url', { url: 'ftp://git.test/o/r' }],
    ['spec.ref.semver', { ref: { tag: 'v1', semver: '^1' } }],
    ['spec.provider', { provider: 'gcp' }],
    ['spec.provider', { provider: 'aws' }],
    ['spec.recurseSubmodules', { recurseSubmodules: true }],
    ['spec.include', { include: [{ repository: { name: 'other' } }] }],
    ['spec.verify', { verify: { mode: 'HEAD', secretRef: { name: 'keys' } } }],
    ['spec.serviceAccountName', { serviceAccountName: 'reader' }],
  ])('does not follow a source with %s', (path, spec) => {
    const expected = { code: 'SourceUnsupported', data: expect.objectContaining({ path }) }
    expect(() => parseGitRepository(createGitRepository(spec))).toThrow(expect.objectContaining(expected))
  })

  it.each([
    ['spec.sparseCheckout[1]', { sparseCheckout: ['a', '../b'] }],
    ['spec.url', { url: undefined }],
    ['spec.url', { url: 'nowhere' }],
    ['spec.ref.commit', { ref: { commit: 'abc123' } }],
    ['spec.ref.commit', { ref: { commit: 'main' } }],
    ['spec.ref.name', { ref: { name: 'main' } }],
    ['spec.ref.semver', { ref: { semver: 'newest' } }],
    ['spec.ref.branch', { ref: { branch: 1 } }],
    ['spec.suspend', { suspend: 'yes' }],
    ['spec.secretRef.name', { secretRef: {} }],
    ['spec.proxySecretRef.name', { proxySecretRef: {} }],
  ])('refuses an illegal %s', (path, spec) => {
    const expected = { code: 'SourceInvalid', data: expect.objectContaining({ path }) }
    expect(() => parseGitRepository(createGitRepository(spec))).toThrow(expect.objectContaining(expected))
  })

  it('does not mind what has no bearing on the files', () => {
    const spec = {
      interval: '1h30m',
      timeout: '60s',
      ignore: '*.md',
      provider: 'generic',
      recurseSubmodules: false,
      include: [],
      gitImplementation: 'go-git',
      field: 'of a later version',
    }
    expect(parseGitRepository(createGitRepository(spec)).suspended).toBe(false)
  })
})
