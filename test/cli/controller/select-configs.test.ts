import { describe, expect, it } from 'vitest'
import { selectConfigs } from '../../../cli/controller/select-configs.ts'
import { matchConfigId } from '../../../lib/core/config/config-id.ts'
import { createUnseen, summarizeConfig } from '../../../lib/core/status/describe-config.ts'

const ids = ['team/shop/app', 'team/shop/web']
const controller = {
  listConfigs: async () => ids.map((id) => summarizeConfig(createUnseen(id))),
  findConfig: async (text: string) => matchConfigId(text, ids),
}

describe('selectConfigs', () => {
  it.each([
    [[], ids],
    [['web'], ['team/shop/web']],
    [['web', 'team/shop/app', 'shop/web'], ids],
  ])('selects for %j', async (names, selected) => {
    expect(await selectConfigs(controller, names)).toEqual(selected)
  })

  it('refuses a name of none', async () => {
    await expect(selectConfigs(controller, ['app', 'nobody'])).rejects.toMatchObject({
      code: 'ConfigNotFound',
    })
  })
})
