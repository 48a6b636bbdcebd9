import { expect, it } from 'vitest'
import { formatOrigin } from '../../../../lib/core/secrets/format-origin.ts'

it.each([
  [{ kind: 'Secret', name: 'db', key: 'password' } as const, 'Secret db: password'],
  [
    { kind: 'file', name: 'env/application.secrets.env', key: 'A' } as const,
    'env/application.secrets.env: A',
  ],
])('formats %j', (origin, expected) => {
  expect(formatOrigin(origin)).toBe(expected)
})
