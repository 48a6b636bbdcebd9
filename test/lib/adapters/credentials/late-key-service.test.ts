import { describe, expect, it } from 'vitest'
import { createLateKeyService } from '../../../../lib/adapters/credentials/late-key-service.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'

const entry = (enc: string): KeyEntry => ({ kind: 'gcp_kms', resourceId: 'r', enc })

function setUp(text: string | null) {
  const state = { text, reads: 0, opened: [] as string[] }
  const service = createLateKeyService({
    kind: 'gcp_kms',
    async readSecret() {
      state.reads += 1
      return state.text === null ? null : { source: 's', text: state.text }
    },
    open(secret) {
      state.opened.push(secret.text)
      return {
        kind: 'gcp_kms',
        isGranted: ({ enc }) => enc !== 'foreign',
        unwrap: async () => Buffer.from(secret.text),
      }
    },
  })
  return { state, service }
}

describe('a key service that is opened late', () => {
  it('reads its secret for an entry of its kind only', async () => {
    const { state, service } = setUp('one')
    expect(service.isGranted(entry('x'))).toBe(true)
    expect(await service.unwrap({ kind: 'pgp', fingerprint: 'AB', enc: 'x' })).toBeNull()
    expect(state.reads).toBe(0)
  })

  it('has no key where there is no secret', async () => {
    const { state, service } = setUp(null)
    expect(await service.unwrap(entry('x'))).toBeNull()
    state.text = 'one'
    expect(await service.unwrap(entry('x'))).toEqual(Buffer.from('one'))
  })

  it('is opened anew only when the secret has changed', async () => {
    const { state, service } = setUp('one')
    await service.unwrap(entry('x'))
    await service.unwrap(entry('y'))
    state.text = 'two'
    expect(await service.unwrap(entry('x'))).toEqual(Buffer.from('two'))
    expect(state.opened).toEqual(['one', 'two'])
  })

  it('refuses what the secret does not list', async () => {
    await expect(setUp('one').service.unwrap(entry('foreign'))).rejects.toMatchObject({
      code: 'SopsKeyNotGranted',
    })
  })
})
