import { describe, expect, it } from 'vitest'
import { findRawFiles } from '../../../../lib/core/raw/find-raw-files.ts'
import { createTree } from '../../../fakes/tree.ts'

const config = { secrets: { environment: 'prod' } }
const at = (directory: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [`${directory}/${name}`, name]))

describe('findRawFiles', () => {
  it('finds the files of every service, in order', () => {
    const tree = createTree({
      ...at(
        'b/web/deployment-configuration/profiles/prod',
        'application.secrets.env',
        'application.properties',
      ),
      ...at('a/api/deployment-configuration/prod', 'application.secrets.yaml'),
      ...at('a/api/deployment-configuration/dev', 'application.secrets.env'),
      ...at('c/none/deployment-configuration/dev', 'application.secrets.env'),
      ...at('deep/x/y/z/job/deployment-configuration/profiles/prod', 'other.env'),
    })
    expect(findRawFiles(tree, config)).toEqual({
      services: [
        { prefix: 'api', yaml: 'a/api/deployment-configuration/prod/application.secrets.yaml' },
        {
          prefix: 'web',
          env: 'b/web/deployment-configuration/profiles/prod/application.secrets.env',
          properties: 'b/web/deployment-configuration/profiles/prod/application.properties',
        },
        { prefix: 'job' },
      ],
      paths: [''],
    })
  })

  it('takes profiles before the bare environment', () => {
    const tree = createTree({
      ...at('web/deployment-configuration/prod', 'application.secrets.env'),
      ...at('web/deployment-configuration/profiles/prod', 'application.secrets.env'),
    })
    expect(findRawFiles(tree, config).services).toEqual([
      { prefix: 'web', env: 'web/deployment-configuration/profiles/prod/application.secrets.env' },
    ])
  })

  it('looks below basePath only', () => {
    const tree = createTree({
      ...at('a/web/deployment-configuration/prod', 'application.secrets.env'),
      ...at('b/web/deployment-configuration/prod', 'application.secrets.env'),
    })
    const found = findRawFiles(tree, { secrets: { ...config.secrets, basePath: 'b/web' } })
    expect(found.services).toEqual([
      { prefix: 'web', env: 'b/web/deployment-configuration/prod/application.secrets.env' },
    ])
    expect(found.paths).toEqual(['b/web'])
  })

  const atRoot = createTree(at('deployment-configuration/prod', 'application.secrets.env'))

  it('lets the prefix of the config go before the name of the service', () => {
    const prefixed = { secrets: { ...config.secrets, prefix: 'shop' } }
    expect(findRawFiles(atRoot, prefixed).services).toMatchObject([{ prefix: 'shop' }])
  })

  it('wants a prefix where the repository itself is the service', () => {
    expect(() => findRawFiles(atRoot, config)).toThrow(
      expect.objectContaining({
        code: 'ConfigInvalid',
        data: expect.objectContaining({ path: 'spec.secrets.prefix' }),
      }),
    )
  })

  it('refuses a basePath that is no directory', () => {
    const secrets = { ...config.secrets, basePath: 'gone' }
    expect(() => findRawFiles(atRoot, { secrets })).toThrow(
      expect.objectContaining({ code: 'PathNotFound', data: { path: 'gone' } }),
    )
  })

  it('refuses a file that is a link', () => {
    const file = 'deployment-configuration/prod/application.secrets.env'
    const tree: typeof atRoot = {
      ...atRoot,
      entry: (path) => (path === file ? { kind: 'symlink', oid: 'x' } : atRoot.entry(path)),
    }
    expect(() => findRawFiles(tree, { secrets: { ...config.secrets, prefix: 'shop' } })).toThrow(
      expect.objectContaining({ code: 'RawFileInvalid', data: { file, kind: 'symlink' } }),
    )
  })
})
