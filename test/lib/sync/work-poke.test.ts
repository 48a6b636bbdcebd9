import { describe, expect, it } from 'vitest'
import type { Poke } from '../../../lib/core/poke.ts'
import { createWorkPoke } from '../../../lib/sync/work-poke.ts'

describe('createWorkPoke', () => {
  it.each(['repository', 'config', 'sweep'] as const)('hands a %s poke to its use case', async (kind) => {
    const worked: string[] = []
    const workPoke = createWorkPoke({
      watchRepository: async (poke) => {
        worked.push(`repository ${poke.id}`)
        return { watchers: 0, poked: [] }
      },
      syncConfig: async (poke, { deadlineAt }) => {
        worked.push(`config ${poke.id} ${deadlineAt}`)
        return { configId: poke.id, result: 'Unchanged', revision: null, outcomes: [] }
      },
      sweepAccount: async (poke, { deadlineAt }) => {
        worked.push(`sweep ${poke.id} ${deadlineAt}`)
        return { configs: 0, listed: 0, poked: [], continues: false }
      },
    })
    const requestedAt = '2026-01-01T00:00:00.000Z'
    const poke: Poke = { v: 1, kind, id: 'x', trigger: 'webhook', requestId: 'r', requestedAt }
    await workPoke(poke, { deadlineAt: 5 })
    expect(worked).toEqual(
      { repository: ['repository x'], config: ['config x 5'], sweep: ['sweep x 5'] }[kind],
    )
  })
})
