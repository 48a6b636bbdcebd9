import { expect, it } from 'vitest'
import { authorize } from '../../../../lib/core/config/authorize.ts'
import { parseConfig } from '../../../../lib/core/config/parse-config.ts'
import { parseSource } from '../../../../lib/core/source/parse-source.ts'
import { createConfigManifest, createGitRepository } from '../../../fakes/manifests.ts'

it('allows everything to the only tenant', () => {
  const request = {
    config: parseConfig(createConfigManifest(), 'local'),
    source: parseSource(createGitRepository()),
  }
  expect(() => authorize({ tenancy: 'single' }, request)).not.toThrow()
})
