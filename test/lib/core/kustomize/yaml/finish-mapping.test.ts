import { expect, it } from 'vitest'
import { composeDocument } from '../../../../../lib/core/kustomize/yaml/compose.ts'
import { finishMapping } from '../../../../../lib/core/kustomize/yaml/finish-mapping.ts'
import { createMapping, createScalar, type Node } from '../../../../../lib/core/kustomize/yaml/node.ts'
import type { YamlSource } from '../../../../../lib/core/kustomize/yaml/source.ts'
import { catchError } from '../../../../fakes/errors.ts'

const source: YamlSource = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false }
const keysOf = (node: Node | null) =>
  node?.kind === 'mapping' ? node.entries.map(({ key }) => key.value) : []

it('puts merged keys behind the own ones', () => {
  expect(keysOf(composeDocument('<<: [{a: 1, b: 1}, {b: 2, c: 2}]\na: own\n', source))).toEqual([
    'a',
    'b',
    'c',
  ])
})

it('names a duplicate key only where it is no secret', () => {
  const entry = () => ({ key: createScalar('k'), value: createScalar('v') })
  const twice = () => createMapping([entry(), entry()])
  expect(catchError(() => finishMapping(twice(), source))?.data).toMatchObject({ key: 'k' })
  expect(catchError(() => finishMapping(twice(), { ...source, encrypted: true }))?.data).not.toHaveProperty(
    'key',
  )
})

it('refuses a merge of anything but maps, and one that go-yaml v2 lets win', () => {
  expect(catchError(() => composeDocument('<<: x', source))?.code).toBe('ManifestInvalid')
  const late = () => composeDocument('a: own\n<<: {a: merged}', { ...source, dialect: 'v2' })
  expect(catchError(late)?.code).toBe('ManifestInvalid')
})
