import { expect, it } from 'vitest'
import { createGcpKmsKeyService } from '../../../../lib/adapters/keys/gcp-kms.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'
import { createRecordingEgress, readJsonBody } from '../../../fakes/recording-egress.ts'
import { dataKey } from './read-fixture.ts'

const resourceId = 'projects/example.com:prod/locations/europe-west1/keyRings/sops/cryptoKeys/app_1'
const own: KeyEntry = { kind: 'gcp_kms', resourceId, enc: 'b3du' }

const egress = createRecordingEgress((request) =>
  JSON.stringify(readJsonBody(request)).includes('b3du')
    ? { status: 200, body: JSON.stringify({ plaintext: Buffer.from(dataKey).toString('base64') }) }
    : { status: 400, body: 'canary-token' },
)

function createService() {
  return createGcpKmsKeyService({
    egress: egress.send,
    isGranted: (entry) => entry.kind === 'gcp_kms' && !entry.resourceId.startsWith('projects/other/'),
    readToken: async () => 'canary-token',
  })
}

testKeyService({
  create: createService,
  own,
  dataKey,
  broken: [
    { ...own, enc: 'AAAA' },
    { ...own, enc: 'no base64' },
  ],
  forbidden: [{ ...own, resourceId: 'projects/other/locations/global/keyRings/a/cryptoKeys/b' }],
  countRequests: () => egress.requests.length,
  secrets: ['canary-token'],
})

it('asks the API for the named key', async () => {
  await createService().unwrap(own)
  const request = egress.requests.at(-1)
  expect(request).toMatchObject({
    method: 'POST',
    url: `https://cloudkms.googleapis.com/v1/${resourceId}:decrypt`,
    headers: { authorization: 'Bearer canary-token' },
  })
  expect(request && readJsonBody(request)).toEqual({ ciphertext: 'b3du' })
})

it.each([
  `/${resourceId}`,
  `${resourceId}/cryptoKeyVersions/1`,
  `${resourceId}:encrypt?`,
  resourceId.replace('europe-west1', '..'),
  resourceId.replace('sops', 'a%2fb'),
  `${resourceId}\n`,
])('asks nothing for %j', async (id) => {
  const before = egress.requests.length
  await expect(
    createService().unwrap({ kind: 'gcp_kms', resourceId: id, enc: 'b3du' }),
  ).rejects.toMatchObject({
    code: 'SopsMetadataInvalid',
  })
  expect(egress.requests.length).toBe(before)
})
