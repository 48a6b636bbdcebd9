import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { GitRepository } from '../../servers/git-repository.ts'
import { preparationTimeoutMs } from './emulators/python-environment.ts'
import { functionNames, readLogs } from './stack/function-logs.ts'
import { createConfigManifest, createSourceManifest } from './stack/manifests.ts'
import { createApplication, createPassword } from './stack/overlays.ts'
import { type Service, startService } from './stack/service.ts'
import { waitFor } from './stack/wait-for.ts'

const passOfScheduleMs = 75_000

let service: Service
let repository: GitRepository
let url: string

beforeAll(async () => {
  service = await startService()
  const { git, encrypt, manifests, cloud } = service
  repository = git.createRepository('shop.git')
  url = `${git.url}/shop.git`
  repository.commit(await createApplication(encrypt, 'shop', ['dev', 'prod']))
  await manifests.publish(
    'shop.yaml',
    createSourceManifest('shop', url),
    createConfigManifest('shop', 'dev', cloud.region),
    createConfigManifest('shop', 'prod', cloud.region),
  )
}, preparationTimeoutMs)

afterAll(async () => {
  await service?.stop()
}, 60_000)

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const name of functionNames)
    console.log([name, ...(await readLogs(service.cloud, name)).slice(-20)].join('\n'))
  console.log(await service.account.dumpState(service.outputs['StateTable'] ?? ''))
})

const read = (name: string) => service.account.readSecret(name)
const waitForValue = (name: string, value: string, timeoutMs?: number) =>
  waitFor(
    () => read(name),
    (secret) => secret?.value === value,
    timeoutMs,
  )

describe('the deployed service', () => {
  it('publishes new configs at the next pass of the schedule', async () => {
    const secret = await waitForValue('shop-dev-DATABASE_PASSWORD', 'shop-dev-password', passOfScheduleMs)
    expect(secret).toMatchObject({
      versionId: expect.stringMatching(/^[0-9a-f]{64}$/),
      tags: { team: 'shop', 'managed-by': 'secret-manager-controller', 'smc-deployment': 'e2e' },
    })
    await waitForValue('shop-prod-SESSION_KEY', 'shop-prod-session')
    await waitForValue('shop-dev-API_KEY', 'shop-base-api-key')
  }, 90_000)

  it('publishes a pushed edit', async () => {
    const before = await read('shop-dev-DATABASE_PASSWORD')
    const commit = repository.commit(await createPassword(service.encrypt, 'dev', 'edited'))
    expect(await service.api.deliverPush(url, commit)).toMatchObject({ status: 202 })
    const after = await waitForValue('shop-dev-DATABASE_PASSWORD', 'edited')
    expect(after?.versionId).not.toBe(before?.versionId)
  })
})
