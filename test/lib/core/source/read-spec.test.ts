import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { readSpec } from '../../../../lib/core/source/read-spec.ts'
import { createGitRepository } from '../../../fakes/manifests.ts'

const schema = z.object({ url: z.string(), timeout: z._default(z.string(), '60s') })

describe('readSpec', () => {
  it('fills in defaults for nulls, as the Kubernetes API does, and leaves out what the schema does not name', () => {
    expect(readSpec(createGitRepository({ timeout: null }), schema)).toEqual({
      url: 'https://git.test/o/r',
      timeout: '60s',
    })
  })

  it('names the path of the first illegal field', () => {
    const expected = { code: 'SourceInvalid', data: { path: 'spec.url', problem: 'must be text' } }
    expect(() => readSpec(createGitRepository({ url: 1 }), schema)).toThrow(expect.objectContaining(expected))
  })
})
