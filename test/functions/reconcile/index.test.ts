import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { parsePoke } from '../../../lib/core/poke.ts'
import { startAwsServer } from '../../fakes/aws-server.ts'
import { stubFunctionEnvironment } from '../../fakes/function-environment.ts'
import { createContext } from '../../fakes/lambda-events.ts'

const manifest = {
  apiVersion: 'secret-management.octopilot.io/v1beta1',
  kind: 'SecretManagerConfig',
  metadata: { name: 'app', namespace: 'shop' },
  spec: {},
}

function createManifests(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smc-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'app.yaml'), JSON.stringify(manifest))
  return folder
}

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

it('pokes the configs of its manifests that the table does not know', async () => {
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url, { CONFIG_SOURCES: `prod=${createManifests()}` })
  const { handler } = await import('../../../functions/reconcile/index.ts')
  expect(await handler({}, createContext())).toEqual({ configs: 1, repositories: 0, sweeps: 0 })
  const [sent] = aws.calls.filter(({ action }) => action === 'SendMessageBatch')
  expect(sent?.input.QueueUrl).toBe(`${aws.url}/123456789012/sync.fifo`)
  expect(sent?.input.Entries?.map(({ MessageBody }) => parsePoke(MessageBody))).toMatchObject([
    { kind: 'config', id: 'prod/shop/app', trigger: 'schedule' },
  ])
})

it('does not start for a cluster without a policy, and does with one', async () => {
  const aws = await startAwsServer()
  stubFunctionEnvironment(aws.url, { CONFIG_SOURCES: 'prod=cluster://prod' })
  const index = '../../../functions/reconcile/index.ts'
  await expect(import(index)).rejects.toMatchObject({ code: 'PolicyMissing' })
  vi.resetModules()
  vi.stubEnv('POLICY', 'single')
  expect(await import(index)).toHaveProperty('handler')
})
