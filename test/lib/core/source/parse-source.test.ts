import { describe, expect, it } from 'vitest'
import { parseSource } from '../../../../lib/core/source/parse-source.ts'
import { createApplication, createGitRepository } from '../../../fakes/manifests.ts'

describe('parseSource', () => {
  it.each([
    ['GitRepository', createGitRepository()],
    ['GitRepository', { ...createGitRepository(), apiVersion: 'source.toolkit.fluxcd.io/v1beta2' }],
    ['Application', createApplication()],
  ])('reads a %s', (kind, manifest) => {
    expect(parseSource(manifest).origin.kind).toBe(kind)
  })

  it.each([
    ['another kind', { ...createGitRepository(), kind: 'Bucket' }],
    ['an unknown version', { ...createGitRepository(), apiVersion: 'source.toolkit.fluxcd.io/v9' }],
    ['an unknown group', { ...createApplication(), apiVersion: 'example.test/v1alpha1' }],
    ['the name of a built-in', { ...createApplication(), apiVersion: '__proto__', kind: '' }],
  ])('does not follow %s', (_, manifest) => {
    expect(() => parseSource(manifest)).toThrow(expect.objectContaining({ code: 'SourceUnsupported' }))
  })

  it('refuses a manifest without a spec', () => {
    const expected = { code: 'SourceInvalid', data: { path: 'spec', problem: 'is missing' } }
    expect(() => parseSource({ ...createApplication(), spec: undefined })).toThrow(
      expect.objectContaining(expected),
    )
  })
})
