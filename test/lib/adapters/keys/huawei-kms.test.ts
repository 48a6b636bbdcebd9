import { expect, it } from 'vitest'
import { createHuaweiKmsKeyService } from '../../../../lib/adapters/keys/huawei-kms.ts'
import type { KeyEntry } from '../../../../lib/core/sops/keys/key-entry.ts'
import { testKeyService } from '../../../contracts/key-service.ts'

const own: KeyEntry = { kind: 'hckms', keyId: 'tr-west-1:7e3f', enc: 'b3du' }

testKeyService({ create: createHuaweiKmsKeyService, own, broken: [own], secrets: [] })

it('says that the kind of key is not supported', async () => {
  await expect(createHuaweiKmsKeyService().unwrap(own)).rejects.toMatchObject({
    code: 'SopsKeyUnsupported',
    data: { key: 'tr-west-1:7e3f' },
  })
})
