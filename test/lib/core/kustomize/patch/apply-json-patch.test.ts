import { expect, it } from 'vitest'
import { applyJsonPatch } from '../../../../../lib/core/kustomize/patch/apply-json-patch.ts'
import { parseJsonPatch } from '../../../../../lib/core/kustomize/patch/json-patch.ts'
import { getFormerIds } from '../../../../../lib/core/kustomize/resource/resource.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { isTainted } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { getField } from '../../../../../lib/core/kustomize/yaml/fields.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const source = { file: 'p', code: 'KustomizePatchFailed', dialect: 'v2', encrypted: false } as const
const copy = parseJsonPatch('[{"op":"copy","from":"/data/a","path":"/metadata/labels"}]', source)

it('carries taint to wherever a value is copied', () => {
  const target = createResource('metadata: {name: s}\ndata: {a: MQ==}', true)
  applyJsonPatch(createResourceSet([target]), copy, { target: {}, remembersIds: false })
  expect(isTainted(getField(target.root, 'metadata'))).toBe(true)
})

it('remembers ids where it is told so, whatever the patch does', () => {
  const target = createResource()
  const patch = parseJsonPatch('[{"op":"replace","path":"/metadata","value":{"name":"t"}}]', source)
  applyJsonPatch(createResourceSet([target]), patch, { target: { name: 's' }, remembersIds: true })
  expect(getFormerIds(target)).toMatchObject([{ name: 's' }])
  expect(printResource(target)).toMatchObject({ metadata: { name: 't' } })
})

it('does nothing where nothing is selected', () => {
  const target = createResource()
  expect(
    codeOf(() =>
      applyJsonPatch(createResourceSet([target]), copy, { target: { name: 'x' }, remembersIds: true }),
    ),
  ).toBeNull()
})
