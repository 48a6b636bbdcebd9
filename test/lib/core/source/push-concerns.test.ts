import { describe, expect, it } from 'vitest'
import { collectDependencies } from '../../../../lib/core/source/dependencies.ts'
import { concerns } from '../../../../lib/core/source/push-concerns.ts'
import { createTree } from '../../../fakes/tree.ts'

const before = { 'app/kustomization.yaml': 'k', 'app/secret.yaml': 's', 'base/x.yaml': 'x', 'README.md': 'r' }
const read = ['app/kustomization.yaml', 'app/secret.yaml', 'base', 'app/kustomization.yml']
const dependencies = collectDependencies(read, createTree(before))

describe('concerns', () => {
  it.each([
    ['nothing changes', before, false],
    ['a file changes that was not read', { ...before, 'README.md': 'new' }, false],
    ['a file comes beside those that were read', { ...before, 'app/other.yaml': 'o' }, false],
    ['a file changes that was read', { ...before, 'app/secret.yaml': 'new' }, true],
    ['a file changes below a directory that was read', { ...before, 'base/x.yaml': 'new' }, true],
    ['a file comes below a directory that was read', { ...before, 'base/y.yaml': 'y' }, true],
    ['a file comes that was looked for', { ...before, 'app/kustomization.yml': 'k' }, true],
    ['everything goes', {}, true],
  ])('answers as it should when %s', (_, files, expected) => {
    expect(concerns(dependencies, createTree(files))).toBe(expected)
  })

  it('is true for a config that was never built', () => {
    expect(concerns([], createTree(before))).toBe(true)
  })

  it('is true where object ids are not known', () => {
    const unknown = { entry: () => ({ kind: 'file', oid: '' }) as const, list: () => [] }
    expect(concerns(collectDependencies(['a'], unknown), unknown)).toBe(true)
  })
})
