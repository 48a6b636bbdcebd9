import { expect, it } from 'vitest'
import { createVaultToken } from '../../../../../lib/adapters/keys/remote/vault-token.ts'
import { createRecordingEgress, readJsonBody } from '../../../../fakes/recording-egress.ts'

const answer = { auth: { client_token: 'issued', lease_duration: 3600 } }
const address = 'https://vault.test/path'

it('takes a token as it is', async () => {
  const egress = createRecordingEgress(() => ({ status: 500, body: '' }))
  const readToken = createVaultToken({
    egress: egress.send,
    address,
    login: { token: 'given' },
    now: () => 0,
  })
  expect(await readToken()).toBe('given')
  expect(egress.requests).toEqual([])
})

it('logs in as an AppRole, once for many requests', async () => {
  const egress = createRecordingEgress(() => ({ status: 200, body: JSON.stringify(answer) }))
  const login = { roleId: 'r', secretId: 's' }
  const readToken = createVaultToken({ egress: egress.send, address, namespace: 'team', login, now: () => 0 })
  expect([await readToken(), await readToken()]).toEqual(['issued', 'issued'])
  const [request, ...others] = egress.requests
  expect(request).toMatchObject({
    method: 'POST',
    url: 'https://vault.test/path/v1/auth/approle/login',
    headers: { 'x-vault-namespace': 'team' },
  })
  expect(request && readJsonBody(request)).toEqual({ role_id: 'r', secret_id: 's' })
  expect(others).toEqual([])
})
