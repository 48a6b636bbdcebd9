import { expect, it } from 'vitest'
import { createConfigSource } from '../../../../lib/adapters/config/index.ts'
import type { ConfigLocation } from '../../../../lib/core/config/config-location.ts'

it.each<ConfigLocation>([
  { kind: 'directory', name: 'own', path: 'manifests' },
  { kind: 's3', name: 'team', bucket: 'acme', prefix: '' },
])('opens a source of the kind $kind under its name', (location) => {
  expect(createConfigSource(location).name).toBe(location.name)
})
