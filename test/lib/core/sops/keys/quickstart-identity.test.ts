import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assertNoQuickstartIdentity } from '../../../../../lib/core/sops/keys/quickstart-identity.ts'

const root = join(import.meta.dirname, '../../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

describe('assertNoQuickstartIdentity', () => {
  it('refuses the key of the quickstart wherever it stands', () => {
    const text = `${read('test/fixtures/keys/x25519.agekey')}\n${read('examples/quickstart/keys/quickstart.agekey')}`
    expect(() => assertNoQuickstartIdentity({ source: 's', text })).toThrow(
      expect.objectContaining({ code: 'SopsKeyInvalid' }),
    )
  })

  it('lets any other key through', () => {
    const text = read('test/fixtures/keys/x25519.agekey')
    expect(() => assertNoQuickstartIdentity({ source: 's', text })).not.toThrow()
  })
})
