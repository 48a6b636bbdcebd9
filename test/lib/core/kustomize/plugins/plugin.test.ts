import { expect, it } from 'vitest'
import { createLoader } from '../../../../../lib/core/kustomize/files/loader.ts'
import { createPlugin, isBuiltinPlugin } from '../../../../../lib/core/kustomize/plugins/plugin.ts'
import { parseResourceText } from '../../../../../lib/core/kustomize/resource/parse-resources.ts'
import { createOverlayTree, loadFiles } from '../../../../fakes/overlay.ts'

function create(apiVersion: string, encrypted: readonly string[] = []) {
  const overlay = { files: { 'g/g.yaml': '' }, encrypted }
  const loader = createLoader({
    tree: createOverlayTree(overlay),
    files: loadFiles(overlay),
    bytesLimit: 10,
  })
  const [resource] = parseResourceText(`apiVersion: ${apiVersion}\nkind: K\nmetadata: {name: n}\nx: yes`, {
    file: 'g/g.yaml',
    code: 'ManifestInvalid',
    dialect: 'v3',
    encrypted: false,
  })
  if (resource === undefined) throw new Error('no plugin')
  return createPlugin(resource, 'ov', loader)
}

it('reads the values and says where they stand', () => {
  const plugin = create('builtin')
  expect(plugin.config.get('x')).toBe('yes')
  expect(plugin.place).toEqual({ root: 'ov', file: 'g/g.yaml', field: 'K.builtin/n', encrypted: false })
})

it('knows whether its file was encrypted', () => {
  expect(create('builtin', ['g/g.yaml']).place.encrypted).toBe(true)
})

it.each([
  ['builtin', true],
  ['builtin/v1', false],
  ['x/builtin', false],
  ['v1', false],
])('tells whether %s is built in', (apiVersion, expected) => {
  expect(isBuiltinPlugin(create(apiVersion))).toBe(expected)
})
