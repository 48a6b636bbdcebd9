import { expect, it } from 'vitest'
import { describeCluster } from './control-plane/describe-cluster.ts'
import { createKustomization, createRepository } from './scene/flux.ts'
import {
  createConfig,
  createConfigMap,
  createSecret,
  createSecretGrant,
  type Fields,
} from './scene/objects.ts'
import { setScene } from './scene/scene.ts'

const config = createConfig('web', {
  secrets: { environment: 'dev', prefix: 'web', kustomization: { name: 'shop' } },
})
const publicVariables = { kind: 'ConfigMap', name: 'cluster-variables' }
const secretVariables = { kind: 'Secret', name: 'database' }
const token = 'canary-token'
// biome-ignore lint/suspicious/noTemplateCurlyInString: variables of Flux look so
const url = 'https://${REGION}.example/${TOKEN:=none}'
const overlay = {
  'kustomization.yaml': 'resources: [secret.yaml]\n',
  'secret.yaml': `{ apiVersion: v1, kind: Secret, metadata: { name: db }, stringData: { URL: "${url}" } }\n`,
}

describeCluster('the variables of a Kustomization', (cluster) => {
  const scene = setScene(cluster)
  const follow = async (postBuild: Fields) => {
    const commit = scene.repository.commit(overlay)
    await scene.fetch(createRepository('shop', { url: `${scene.git.url}/org/shop.git` }), commit)
    await scene.apply(createKustomization('shop', { postBuild }), config)
  }
  const applyVariables = async (region: string) =>
    await scene.apply(createConfigMap('cluster-variables', { REGION: region }))

  it('are taken from a ConfigMap, and a change of it is noticed', async () => {
    await applyVariables('eu')
    await follow({ substituteFrom: [publicVariables] })
    await scene.service.pass()
    expect(scene.service.secret('web-URL')).toBe('https://eu.example/none')
    await applyVariables('us')
    await scene.service.pass(5)
    expect(scene.service.secret('web-URL')).toBe('https://us.example/none')
  })

  it('are taken from a Secret where the worker may read that, and are shown nowhere', async () => {
    await applyVariables('eu')
    await scene.apply(createSecret('database', { TOKEN: token }))
    await follow({ substituteFrom: [publicVariables, secretVariables] })
    await scene.service.pass()
    expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'ClusterForbidden' })
    expect((await scene.ready(config))?.message).toMatch(/verb=get, resource=secrets, namespace=apps/)
    expect(scene.service.secret('web-URL')).toBeNull()
    await scene.apply(...createSecretGrant(['database']))
    await scene.service.pass(3)
    expect(scene.service.secret('web-URL')).toBe(`https://eu.example/${token}`)
    await scene.apply(createSecret('database', { TOKEN: 'canary-token-2' }))
    await scene.service.pass(5)
    expect(scene.service.secret('web-URL')).toBe('https://eu.example/canary-token-2')
    expect(JSON.stringify([await scene.read(config), scene.service.lines])).not.toContain(token)
  })

  it('are those of the Kustomization itself, then those of the last object', async () => {
    await scene.apply(
      createConfigMap('cluster-variables', { REGION: 'eu', TOKEN: 'shared' }),
      createConfigMap('overrides', { REGION: 'us' }),
    )
    const substituteFrom = [publicVariables, { kind: 'ConfigMap', name: 'overrides' }]
    await follow({ substitute: { TOKEN: 'own' }, substituteFrom })
    await scene.service.pass()
    expect(scene.service.secret('web-URL')).toBe('https://us.example/own')
  })

  it('are waited for where an object is missing, unless it may be', async () => {
    await follow({ substitute: { REGION: 'eu' }, substituteFrom: [publicVariables] })
    await scene.service.pass()
    expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'SourceNotFound' })
    expect((await scene.ready(config))?.message).toContain('ConfigMap "cluster-variables" not found')
    await follow({ substitute: { REGION: 'eu' }, substituteFrom: [{ ...publicVariables, optional: true }] })
    await scene.service.pass(3)
    expect(scene.service.secret('web-URL')).toBe('https://eu.example/none')
  })

  it('are not looked at where the Kustomization of another namespace is not granted', async () => {
    await scene.service.restart({
      tenancy: 'listed',
      tenants: [{ tenant: 'prod/apps', namePrefixes: ['web-'] }],
    })
    await scene.apply(createConfigMap('cluster-variables', { REGION: 'eu' }, 'other'))
    await follow({})
    const foreign = { environment: 'dev', prefix: 'web', kustomization: { name: 'shop', namespace: 'other' } }
    await scene.apply(
      createKustomization('shop', { postBuild: { substituteFrom: [publicVariables] } }, 'other'),
      createConfig('web', { secrets: foreign }),
    )
    await scene.service.pass()
    expect(await scene.ready(config)).toMatchObject({ status: 'False', reason: 'NotPermitted' })
  })
})
