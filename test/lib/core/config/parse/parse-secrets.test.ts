import { describe, expect, it } from 'vitest'
import { parseSecrets as parseSecretsOf } from '../../../../../lib/core/config/parse/parse-secrets.ts'

const spec = { environment: 'prod', layout: 'key' as const }
const parseSecrets = (secrets: Parameters<typeof parseSecretsOf>[0]) => parseSecretsOf(secrets, 'apps')

describe('parseSecrets', () => {
  it('reads paths and affixes, and takes empty texts for fields that are not set', () => {
    const written = { ...spec, kustomizePath: './overlays/prod/', basePath: '', prefix: 'web', suffix: '' }
    expect(parseSecrets(written)).toEqual({
      environment: 'prod',
      kustomizePath: 'overlays/prod',
      prefix: 'web',
      layout: 'key',
    })
  })

  it.each([
    [undefined, 'apps'],
    ['flux-system', 'flux-system'],
  ])('finds a Kustomization in namespace %j in %s', (namespace, expected) => {
    const kustomization = { name: 'prod', ...(namespace !== undefined && { namespace }) }
    expect(parseSecrets({ ...spec, kustomization })).toMatchObject({
      kustomization: { name: 'prod', namespace: expected },
    })
  })

  it('reads the template in parts', () => {
    expect(parseSecrets({ ...spec, nameTemplate: '{{environment}}/{{key}}' })).toMatchObject({
      nameTemplate: [{ placeholder: 'environment' }, '/', { placeholder: 'key' }],
    })
    expect(parseSecrets({ ...spec, nameTemplate: '' })).not.toHaveProperty('nameTemplate')
  })

  it.each([
    ['an unknown placeholder', { nameTemplate: '{{region}}/{{key}}' }],
    ['text that no name takes', { nameTemplate: 'my secrets/{{key}}' }],
    ['a key where there is one secret for all', { layout: 'secret' as const, nameTemplate: '{{key}}' }],
  ])('refuses a template with %s', (_, fields) => {
    const expected = {
      code: 'ConfigInvalid',
      data: expect.objectContaining({ path: 'spec.secrets.nameTemplate' }),
    }
    expect(() => parseSecrets({ ...spec, ...fields })).toThrow(expect.objectContaining(expected))
  })

  it('refuses a path that leaves the repository', () => {
    const data = expect.objectContaining({ path: 'spec.secrets.basePath' })
    expect(() => parseSecrets({ ...spec, basePath: '../x' })).toThrow(expect.objectContaining({ data }))
  })
})
