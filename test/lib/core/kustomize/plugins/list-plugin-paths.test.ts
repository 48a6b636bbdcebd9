import { expect, it } from 'vitest'
import { listPluginPaths } from '../../../../../lib/core/kustomize/plugins/list-plugin-paths.ts'
import type { Json } from '../../../../../lib/core/kustomize/yaml/json.ts'

const createConfig = (fields: Readonly<Record<string, Json>>) => new Map(Object.entries(fields))

it('lists the paths of generators and transformers', () => {
  const nested = createConfig({ files: ['k=f'], binaryFiles: ['g'], envs: ['h'] })
  const config = createConfig({
    files: ['a', 'k=b'],
    envs: ['c'],
    path: 'd',
    paths: ['e'],
    secretFrom: [nested],
    replacements: [createConfig({ path: 'i' })],
  })
  expect(listPluginPaths(config)).toEqual(['d', 'e', 'c', 'a', 'b', 'h', 'f', 'g', 'i'])
})

it('leaves out what is no path', () => {
  expect(listPluginPaths(createConfig({ files: [1n, null], envs: null, secretFrom: ['a'] }))).toEqual([])
  expect(listPluginPaths(createConfig({ paths: ['kind: Secret', '{a}', 'a\nb'] }))).toEqual([])
})
