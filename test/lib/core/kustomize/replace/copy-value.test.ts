import { describe, expect, it } from 'vitest'
import { createBudget, unlimited } from '../../../../../lib/core/kustomize/budget.ts'
import { copyValue } from '../../../../../lib/core/kustomize/replace/copy-value.ts'
import { isTainted } from '../../../../../lib/core/kustomize/resource/taint.ts'
import { createMapping, createScalar } from '../../../../../lib/core/kustomize/yaml/node.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { createResource, printResource } from '../../../../fakes/resource.ts'

const text = 'metadata: {name: s}\nstringData: {a: x, j: \'{"b": "c"}\', p: plain}\n'
const copy = (fieldPath: string, options = {}, value = createScalar('v')) => {
  const resource = createResource(text)
  copyValue(resource, fieldPath, { value, options, file: 'f', budget: unlimited })
  return printResource(resource)['stringData']
}

describe('copyValue', () => {
  it.each([
    ['stringData.a', {}, { a: 'v' }],
    ['stringData.j.b', {}, { j: '{"b":"v"}' }],
    ['stringData.j.n.m', { create: true }, { j: '{"b":"c","n":{"m":"v"}}' }],
    ['stringData.new', { create: true }, { new: 'v' }],
  ])('fills %s', (fieldPath, options, change) => {
    expect(copy(fieldPath, options)).toEqual({ a: 'x', j: '{"b": "c"}', p: 'plain', ...change })
  })

  it.each(['stringData.new', 'stringData.j.new', 'stringData.p.x', 'none', 'stringData.*'])(
    'refuses %s',
    (path) => {
      expect(codeOf(() => copy(path))).toBe('KustomizeReplacementFailed')
    },
  )

  it.each(['stringData.a', 'stringData.j.b'])('charges what it writes to %s', (path) => {
    const use = { value: createScalar('v'.repeat(500)), options: {}, file: 'f', budget: createBudget(400) }
    expect(codeOf(() => copyValue(createResource(text), path, use))).toBe('KustomizeTooLarge')
  })

  it('taints the text whose content it changes', () => {
    const resource = createResource(text)
    const value = createMapping([{ key: createScalar('k'), value: createScalar('v', { tainted: true }) }])
    copyValue(resource, 'stringData.j.b', { value, options: {}, file: 'f', budget: unlimited })
    expect(isTainted(resource.root)).toBe(true)
  })
})
