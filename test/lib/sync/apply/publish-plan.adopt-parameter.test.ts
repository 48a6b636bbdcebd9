import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { ParameterKind } from '../../../../lib/core/secrets/desired.ts'
import { createRawShop, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const name = 'ssm:/api/dev/a'
const path = 'api/deployment-configuration/dev/application.properties'
let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
  shop.commit('a=1\nb=2', path)
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

/** Somebody else's parameter, which they have written twice. */
async function createForeign(kind: ParameterKind = 'parameter') {
  const theirs = { name, value: SecretValue.fromText('theirs'), kind, kmsKeyId: 'alias/theirs' }
  await shop.parameters.create({ ...theirs, versionId: 'e'.repeat(64), tags: { team: 'them' } })
  await shop.parameters.put({ ...theirs, versionId: 'f'.repeat(64) })
}

const adopt = (version: number, spec: object = {}) =>
  shop.configs.put(rawConfig({}, { configs: { enabled: true, ...spec }, adopt: [{ name, version }] }))
const live = async () => await shop.parameters.describe(name)
const actions = (report: Awaited<ReturnType<RawShop['sync']>>) =>
  report.plan?.changes.map(({ action, name, because }) => [action, name, because])

describe('a foreign parameter of a wanted name', () => {
  it('is marked and then written where the config lists it with its number; its tags and key stay', async () => {
    await createForeign('secure-parameter')
    adopt(2, { parameterType: 'SecureString' })
    const report = await shop.sync()
    expect(report).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(actions(report)).toEqual([
      ['adopt', name, 'listed-for-adoption'],
      ['create', 'ssm:/api/dev/b', 'missing'],
      ['update', name, 'value-changed'],
    ])
    expect(await live()).toMatchObject({
      tags: { team: 'them', 'smc-deployment': 'test' },
      kmsKeyId: 'alias/theirs',
      parameter: { number: 3, type: 'SecureString' },
    })
    shop.commit('a=3\nb=2', path)
    expect(actions(await shop.sync())).toEqual([['update', name, 'value-changed']])
  })

  it('is left as it is where the config lists another number, and the rest goes on', async () => {
    await createForeign()
    adopt(1)
    expect(actions(await shop.sync())).toEqual([
      ['create', 'ssm:/api/dev/b', 'missing'],
      ['conflict', name, 'adopted-version-differs'],
    ])
    expect(await live()).toMatchObject({ tags: { team: 'them' }, parameter: { number: 2 } })
  })

  it('is left without a mark where its type is another, which never changes', async () => {
    await createForeign('secure-parameter')
    adopt(2)
    const report = await shop.sync()
    expect(report).toMatchObject({ result: 'ParameterTypeFixed' })
    expect(actions(report)).toContainEqual(['conflict', name, 'type-differs'])
    expect(await live()).toMatchObject({ tags: { team: 'them' }, parameter: { number: 2 } })
  })

  it('is left as it is where somebody else writes it between the plan and the mark', async () => {
    await createForeign()
    adopt(2)
    const { describe: really } = shop.parameters
    let looks = 0
    vi.spyOn(shop.parameters, 'describe').mockImplementation(async (asked) => {
      looks += asked === name ? 1 : 0
      if (looks === 2) {
        looks += 1
        const value = SecretValue.fromText('theirs, new')
        await shop.parameters.put({ name, versionId: 'd'.repeat(64), value, kind: 'parameter' })
      }
      return await really(asked)
    })
    expect((await shop.sync()).outcomes).toContainEqual(
      expect.objectContaining({ result: 'failed', code: 'SecretNotOwned' }),
    )
    expect(await live()).toMatchObject({ tags: { team: 'them' }, parameter: { number: 3 } })
  })

  it('is ours after a crash between mark and write, and is written then', async () => {
    await createForeign()
    adopt(2)
    const put = vi.spyOn(shop.parameters, 'put').mockRejectedValue(new SyncError('StoreUnavailable'))
    await shop.sync()
    put.mockRestore()
    expect(actions(await shop.sync({ trigger: 'manual' }))).toEqual([['update', name, 'value-changed']])
  })

  it('of another config is never adopted', async () => {
    shop.configs.put(rawConfig({}, { configs: { enabled: true } }))
    await shop.sync()
    const other = rawConfig({}, { configs: { enabled: true }, adopt: [{ name, version: 1 }] })
    shop.configs.put({ ...other, metadata: { ...other.metadata, name: 'other' } })
    const poke = shop.poke('other', { requestId: 'other-1' })
    expect(await shop.sync(poke)).toMatchObject({ result: 'SecretOwnedElsewhere' })
  })
})
