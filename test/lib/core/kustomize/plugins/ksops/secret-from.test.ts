import { expect, it } from 'vitest'
import { createSecret } from '../../../../../../lib/core/kustomize/plugins/ksops/secret-from.ts'
import { decodeObject } from '../../../../../../lib/core/kustomize/yaml/decode.ts'
import { formatGoJson } from '../../../../../../lib/core/kustomize/yaml/json.ts'

const contents: Readonly<Record<string, string>> = { a: 'one', b: 'two', 'e.env': 'a=three', 'f.env': 'F=x' }

function create(entry: Parameters<typeof createSecret>[0]): unknown {
  const { root } = createSecret(
    { metadata: { name: 's' }, ...entry },
    {
      place: { file: 'g.yaml', field: 'g', root: '', encrypted: false },
      field: 'secretFrom[0]',
      read: (path) => {
        const text = contents[path]
        return text === undefined ? null : { path, bytes: new TextEncoder().encode(text), encrypted: true }
      },
    },
  )
  return JSON.parse(formatGoJson(decodeObject(root, '')))
}

it('lets the last key win, and variables over files', () => {
  expect(create({ files: ['k=a', 'k=b', 'a', 'x/../a=b'], envs: ['e.env'] })).toMatchObject({
    stringData: { k: 'two', a: 'three', 'x/../a': 'two' },
  })
})

it('keeps base64 on one line', () => {
  expect(create({ binaryFiles: ['x=a'] })).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    data: { x: 'b25l' },
  })
})

it('leaves out what is not loaded yet', () => {
  expect(create({ files: ['none'], envs: ['none.env', 'f.env'] })).toMatchObject({ stringData: { F: 'x' } })
})
