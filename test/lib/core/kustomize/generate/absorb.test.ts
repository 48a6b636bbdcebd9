import { describe, expect, it } from 'vitest'
import { absorbResource } from '../../../../../lib/core/kustomize/generate/absorb.ts'
import { markGenerated } from '../../../../../lib/core/kustomize/generate/generate.ts'
import { createResourceSet } from '../../../../../lib/core/kustomize/resource/resource-set.ts'
import { isTainted } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { getField } from '../../../../../lib/core/kustomize/yaml/fields.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

function absorb(base: string, behavior: string, encrypted = false) {
  const generated = createResource('metadata: {name: s}\ntype: Opaque\ndata: {g: Zw==}')
  markGenerated(generated.root, { behavior, needsHash: false })
  const set = createResourceSet([createResource(base, encrypted)])
  absorbResource(set, generated)
  return set.resources
}

describe('absorbResource', () => {
  it('merges data, strings folded in, and keeps their taint', () => {
    const [merged] = absorb(
      'metadata: {name: s}\ndata: {a: 1.50}\nstringData: {b: x, g: lost}',
      'merge',
      true,
    )
    expect(merged && printResource(merged)['data']).toEqual({ a: '1.50', b: 'eA==', g: 'Zw==' })
    const data = getField(merged?.root, 'data')
    expect([isTainted(getField(data, 'a')), isTainted(getField(data, 'g'))]).toEqual([true, false])
  })

  it('takes the place of what it replaces', () => {
    const [replaced] = absorb(
      'metadata: {name: s, labels: {l: x}}\ndata: {a: MQ==}\nimmutable: true',
      'replace',
    )
    expect(replaced && printResource(replaced)).toMatchObject({
      data: { g: 'Zw==' },
      metadata: { labels: { l: 'x' } },
    })
    expect(replaced && printResource(replaced)).not.toHaveProperty('immutable')
  })

  it.each([
    ['metadata: {name: other}', 'merge', 'KustomizeReferenceMissing'],
    ['metadata: {name: s}', 'create', 'KustomizeConflict'],
    ['metadata: {name: s}', '', 'KustomizeConflict'],
    ['metadata: {name: s}\ndata: {a: [b]}', 'merge', 'ManifestInvalid'],
    ['metadata: {name: s}\nstringData: text', 'merge', 'ManifestInvalid'],
  ])('refuses %j for %s', (base, behavior, code) => {
    expect(codeOf(() => absorb(base, behavior))).toBe(code)
  })

  it('appends what is new', () => {
    expect(absorb('metadata: {name: other}', 'create')).toHaveLength(2)
  })
})
