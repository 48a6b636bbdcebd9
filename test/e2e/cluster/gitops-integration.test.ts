import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createKeyServices } from '../../../lib/adapters/keys/index.ts'
import { findSshdObstacle, startSshd } from '../../servers/sshd.ts'
import type { KubeObject } from './control-plane/admin.ts'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { kubernetesFolder } from './control-plane/kinds.ts'
import { createProject } from './scene/argo-cd.ts'
import { readConfigTable } from './scene/config-table.ts'
import { createConfigMap, createSecretGrant, type Fields } from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')
const folder = join(fixtures, 'gitops-integration')
const ageKey = readFileSync(join(fixtures, 'keys/x25519.agekey'), 'utf8')
const keyServices = createKeyServices({ age: { keys: [{ source: 'test', text: ageKey }] } })
const login = { username: 'your-username', password: 'your-token-or-password' }
const profiles = 'microservices/my-service/deployment-configuration/profiles'
const encryptedSecret = readFileSync(join(fixtures, 'sync/secret.yaml'), 'utf8')

/** The repository of the page: three overlays with an encrypted Secret each, and properties that no overlay takes. */
const files = (flag: string) => ({
  'application.properties': `flag=${flag}\n`,
  ...Object.fromEntries(
    ['dev', 'staging', 'prod'].flatMap((profile) => [
      [`${profiles}/${profile}/secrets.yaml`, encryptedSecret],
      [
        `${profiles}/${profile}/kustomization.yaml`,
        JSON.stringify({
          resources: ['secrets.yaml'],
          secretGenerator: [{ name: 'flags', literals: [`FLAG=${flag}`] }],
        }),
      ],
    ]),
  ),
})

describeCluster('the examples of the page on GitOps integration', (cluster) => {
  const scene = setScene(cluster, { login, keyServices })
  /** An example, with the Git host that this test has. */
  const read = (name: string) =>
    parse(
      readFileSync(join(folder, name), 'utf8').replaceAll('https://github.com', scene.git.url),
    ) as KubeObject
  /** A config that is made of parts of the page; only what the page does not show is added. */
  const configOf = (...parts: readonly string[]): KubeObject => {
    const specs = parts.map((name) => read(`${name}.part.yaml`)['spec'] as Fields)
    return {
      apiVersion: 'secret-management.octopilot.io/v1beta1',
      kind: 'SecretManagerConfig',
      metadata: { name: 'my-service', namespace: 'octopilot-system' },
      spec: Object.assign({ provider: { aws: { region: 'eu-west-1' } } }, ...specs),
    }
  }
  const ofFlux = () => configOf('follow-git-repository', 'kustomize-path', 'intervals')
  const ofArgo = () => configOf('follow-application', 'kustomize-path', 'intervals')
  const withSpec = (object: KubeObject, changes: Fields) => ({
    ...object,
    spec: { ...(object['spec'] as Fields), ...changes },
  })
  const withSource = (changes: Fields) => {
    const { source } = read('application.yaml')['spec'] as { source: Fields }
    return withSpec(read('application.yaml'), { source: { ...source, ...changes } })
  }
  const push = (flag: string) => scene.git.createRepository('your-org/your-secrets-repo').commit(files(flag))
  /** Commits with tags and tips, so that each ref is somewhere else. */
  const pushRefs = () => {
    const repository = scene.git.createRepository('your-org/your-secrets-repo')
    const commit = push('commit')
    push('tag')
    repository.git('tag', 'v1.0.0', 'main')
    return { commit, tip: push('branch') }
  }
  const expectPublished = (flag: string) => {
    expect(scene.service.secret('default-FLAG')).toBe(flag)
    expect(scene.service.secret('default-PASSWORD')).toBe('canary-7d1f93')
  }

  describe('for Flux', () => {
    beforeEach(async () => {
      await scene.apply(
        read('git-credentials.yaml'),
        ...createSecretGrant(['git-credentials'], 'octopilot-system'),
      )
    })

    it('publish the overlay of a private repository', async () => {
      const commit = push('one')
      await scene.fetch(read('git-repository.yaml'), commit)
      await scene.apply(ofFlux())
      await scene.service.pass()
      expectPublished('one')
      expect(await readConfigTable(cluster.plane.admin, 'octopilot-system')).toMatchObject([
        { Name: 'my-service', Ready: 'True', Revision: `main@sha1:${commit}`, Secrets: 3 },
      ])
    })

    it.each(['staging', 'prod'])('publish the overlay of %s', async (environment) => {
      await scene.fetch(read('git-repository.yaml'), push('one'))
      const secrets = { environment, kustomizePath: `${profiles}/${environment}` }
      await scene.apply(withSpec(ofFlux(), { secrets }))
      await scene.service.pass()
      expectPublished('one')
    })

    it.each(['branch', 'tag', 'commit'])('follow a %s', async (kind) => {
      const { commit, tip } = pushRefs()
      const refs: Readonly<Record<string, Fields>> = {
        branch: { branch: 'main' },
        tag: { tag: 'v1.0.0' },
        commit: { commit },
      }
      await scene.fetch(
        withSpec(read('git-repository.yaml'), { ref: refs[kind] }),
        kind === 'commit' ? commit : tip,
      )
      await scene.apply(ofFlux())
      await scene.service.pass()
      expectPublished(kind)
    })

    it('follow a commit that is written as short as on the page', async () => {
      const { commit } = pushRefs()
      const ref = { commit: commit.slice(0, 'abc123def456'.length) }
      await scene.fetch(withSpec(read('git-repository.yaml'), { ref }), commit)
      await scene.apply(ofFlux())
      await scene.service.pass()
      expectPublished('commit')
    })

    it('look for updates as often as they say, whatever Flux has noticed', async () => {
      await scene.fetch(read('git-repository.yaml'), push('one'))
      await scene.apply(ofFlux())
      await scene.service.pass()
      push('two')
      await scene.service.pass(5)
      expectPublished('two')
    })

    it('write secrets again that somebody has changed, as often as they say', async () => {
      await scene.fetch(read('git-repository.yaml'), push('one'))
      await scene.apply(ofFlux())
      await scene.service.pass()
      await scene.service.overwrite('default-FLAG', 'by hand')
      expect(scene.service.secret('default-FLAG')).toBe('by hand')
      await scene.service.pass(2)
      expectPublished('one')
    })

    it.each(['gitRepositoryPullInterval', 'reconcileInterval'])(
      'want a minute at least as %s',
      async (field) => {
        await scene.fetch(read('git-repository.yaml'), push('one'))
        const config = withSpec(ofFlux(), { [field]: '59s' })
        await scene.apply(config)
        await scene.service.pass()
        expect(await scene.ready(config)).toMatchObject({ reason: 'ConfigInvalid' })
        expect((await scene.ready(config))?.message).toContain(`spec.${field}`)
      },
    )

    it('say what is missing in the words of the page', async () => {
      const config = ofFlux()
      await scene.apply(config)
      await scene.service.pass()
      expect((await scene.ready(config))?.message).toContain('GitRepository "my-secrets-repo" not found')
      await scene.apply(read('git-repository.yaml'))
      await scene.service.pass(3)
      expect((await scene.ready(config))?.message).toContain('No artifacts found for GitRepository')
    })
  })

  describe('for Argo CD', () => {
    beforeEach(async () => {
      await scene.applyFile(join(kubernetesFolder, 'argocd-credentials/secrets.yaml'))
      await scene.apply(createProject('default'), read('repository.yaml'))
    })

    it('publish the overlay of a private repository', async () => {
      const commit = push('one')
      await scene.compare(read('application.yaml'), commit)
      await scene.apply(ofArgo())
      await scene.service.pass()
      expectPublished('one')
      expect(await readConfigTable(cluster.plane.admin, 'octopilot-system')).toMatchObject([
        { Name: 'my-service', Ready: 'True', Revision: `main@sha1:${commit}`, Secrets: 3 },
      ])
    })

    it.each(['branch', 'tag', 'commit'])('follow a %s', async (kind) => {
      const { commit, tip } = pushRefs()
      const revisions: Readonly<Record<string, string>> = { branch: 'main', tag: 'v1.0.0', commit }
      await scene.compare(withSource({ targetRevision: revisions[kind] }), kind === 'commit' ? commit : tip)
      await scene.apply(ofArgo())
      await scene.service.pass()
      expectPublished(kind)
    })

    it('follow a commit that is written as short as on the page', async () => {
      const { commit } = pushRefs()
      await scene.compare(withSource({ targetRevision: commit.slice(0, 'abc123def456'.length) }), commit)
      await scene.apply(ofArgo())
      await scene.service.pass()
      expectPublished('commit')
    })

    it('say what is missing in the words of the page', async () => {
      await scene.apply(ofArgo())
      await scene.service.pass()
      expect((await scene.ready(ofArgo()))?.message).toContain('Application "my-secrets-app" not found')
    })

    it.skipIf(findSshdObstacle() !== null)(
      'publish the overlay of a private repository over SSH',
      async () => {
        const sshd = await startSshd({ acceptProtocol: true, hostKeyType: 'ed25519', userKeyType: 'rsa' })
        try {
          const commit = sshd.createRepository('your-org/your-secrets-repo.git').commit(files('one'))
          const url = `${sshd.url}/your-org/your-secrets-repo.git`
          const { stringData, ...secret } = read('repository-over-ssh.yaml')
          const { privateKey: sshPrivateKey, knownHosts } = sshd.login
          await scene.apply(
            { ...secret, stringData: { ...(stringData as Fields), url, sshPrivateKey } },
            createConfigMap('argocd-ssh-known-hosts-cm', { ssh_known_hosts: knownHosts }, 'argocd'),
            ofArgo(),
          )
          await scene.compare(withSource({ repoURL: url }), commit)
          await scene.service.pass()
          expectPublished('one')
        } finally {
          await sshd.close()
        }
      },
    )
  })
})
