import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { configIdOf } from '../stack/shop.ts'
import { waitFor } from '../stack/wait-for.ts'
import type { Scene } from './scene.ts'

const execute = promisify(execFile)
const smc = join(import.meta.dirname, '../../../../bin/smc')

/** What operators and CI may ask for. */
export function describeOperators(scene: () => Scene): void {
  describe('a signed request', () => {
    it('is accepted, and answered when the sync has ended', async () => {
      const { service, writesSince } = scene()
      const writes = writesSince()
      const accepted = await service.api.call('POST', `/configs/${configIdOf('dev')}/sync`)
      expect(accepted).toMatchObject({ status: 202, body: { configId: configIdOf('dev'), kind: 'sync' } })
      const { requestId } = accepted.body as { readonly requestId: string }
      expect(await waitForAnswer(scene(), requestId)).toMatchObject({
        state: 'done',
        result: 'ReconciliationSucceeded',
      })
      expect(writes()).toEqual([])
    })

    it('plans without writing', async () => {
      const { service, dumpState } = scene()
      const accepted = await service.api.call('POST', `/configs/${configIdOf('prod')}/plan`)
      const { requestId } = accepted.body as { readonly requestId: string }
      const answer = await waitForAnswer(scene(), requestId)
      expect(answer).toMatchObject({ state: 'done', plan: { changes: [], unchanged: 3 } })
      expect(await dumpState('prod')).toContain(requestId)
    })
  })

  describe('the command, with the address of the API', () => {
    it('shows how the configs of the deployment stand', async () => {
      const { stdout } = await runSmc(scene(), ['status'])
      expect(stdout).toMatch(new RegExp(`${configIdOf('dev')} +Ready +True`))
      const detail = await runSmc(scene(), ['status', 'shop-dev', '--json'])
      expect(JSON.parse(detail.stdout)).toMatchObject([{ id: configIdOf('dev'), phase: 'Ready' }])
    })

    it('asks for a sync and a plan, waits for the end and says it', async () => {
      const { writesSince } = scene()
      const writes = writesSince()
      const { stdout } = await runSmc(scene(), ['sync', 'shop-dev'])
      expect(stdout).toContain('ReconciliationSucceeded')
      expect((await runSmc(scene(), ['plan', configIdOf('prod')])).stdout).toContain('3 unchanged')
      expect(writes()).toEqual([])
    })

    it('tells what has set a secret', async () => {
      const { stdout } = await runSmc(scene(), ['blame', 'shop-dev-DATABASE_PASSWORD', '--json'])
      expect(JSON.parse(stdout)).toMatchObject([{ configId: configIdOf('dev') }, {}, {}])
    })

    it.each([
      ['ConfigNotFound', ['history', 'team/shop/none'], {}],
      ['ApiAccessDenied', ['status'], { AWS_ACCESS_KEY_ID: '', HOME: '/nonexistent' }],
      ['ApiUnreachable', ['status'], { SMC_API: 'http://127.0.0.1:9' }],
    ])('says %s where it is so', async (code, args, environment) => {
      const failed = { code: 1, stderr: expect.stringContaining(`${code}: `) }
      await expect(runSmc(scene(), args, environment)).rejects.toMatchObject(failed)
    })
  })

  it.each([
    ['GET', '/configs'],
    ['GET', `/configs/${configIdOf('dev')}`],
    ['GET', '/requests/any'],
    ['POST', `/configs/${configIdOf('dev')}/sync`],
    ['POST', `/configs/${configIdOf('dev')}/suspend`],
  ] as const)('answers 403 to %s %s without a signature', async (method, path) => {
    const { service, dumpState } = scene()
    const state = await dumpState()
    expect(await service.api.call(method, path, { signed: false })).toMatchObject({ status: 403 })
    expect(await dumpState()).toBe(state)
  })
}

async function waitForAnswer({ service }: Scene, requestId: string): Promise<unknown> {
  const isAnswered = (body: unknown) => (body as { readonly state?: string }).state !== 'queued'
  return await waitFor(async () => (await service.api.call('GET', `/requests/${requestId}`)).body, isAnswered)
}

/** Runs `bin/smc` as an operator with credentials for the account. */
async function runSmc(
  { service: { cloud, api } }: Scene,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const env = { PATH: process.env['PATH'], ...cloud.environment, SMC_API: api.url, ...environment }
  return await execute(smc, [...args], { env })
}
