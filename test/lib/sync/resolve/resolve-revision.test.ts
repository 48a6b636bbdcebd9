import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatTime } from '../../../../lib/core/time.ts'
import { createHead } from '../../../../lib/sync/apply/begin-sync.ts'
import { openConfig, openSubject, readManifest } from '../../../../lib/sync/resolve/open-config.ts'
import { resolveRevision } from '../../../../lib/sync/resolve/resolve-revision.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

async function resolve(ref: object, spec: object = {}, look = {}) {
  harness.configs.put(createConfigManifest('a', {}, { ...spec }))
  harness.configs.put(createRepositoryManifest({ ref }))
  const opened = await readManifest(harness.dependencies, 'm/shop/a')
  const subject = await openSubject(harness.dependencies, openConfig(opened, 'm/shop/a'), opened.configSource)
  const { revision, resolvedAt } = await resolveRevision(harness.dependencies, subject, {
    ...(await harness.look('a')),
    ...look,
  })
  expect(resolvedAt).toBe(formatTime(harness.clock.now()))
  return revision
}

const key = 'git.example/org/shop'
const other = { ref: 'main', commit: 'b'.repeat(40) }

describe('resolveRevision', () => {
  it('asks the server', async () => {
    const commit = harness.git.commit('main', { a: '1' })
    expect(await resolve({ branch: 'main' })).toEqual({ ref: 'main', commit })
    await expect(resolve({ branch: 'gone' })).rejects.toMatchObject({ code: 'GitRefNotFound' })
  })

  it('takes what the repository look stored when that is not older than the poke', async () => {
    harness.git.commit('main', { a: '1' })
    const resolvedAt = formatTime(harness.clock.now())
    await harness.state.writeRef(key, 'branch:main', { revision: other, resolvedAt })
    expect(await resolve({ branch: 'main' })).toEqual(other)
    expect(harness.git.calls).toEqual([])
    harness.clock.advance(1)
    expect(await resolve({ branch: 'main' })).not.toEqual(other)
  })

  it('does not take what was stored before the last look', async () => {
    const commit = harness.git.commit('main', { a: '1' })
    const look = await harness.look('a')
    const resolvedAt = formatTime(harness.clock.now())
    await harness.state.writeRef(key, 'branch:main', { revision: other, resolvedAt })
    const head = { ...createHead(look), lookedAt: formatTime(harness.clock.now() + 1) }
    expect(await resolve({ branch: 'main' }, {}, { head })).toEqual({ ref: 'main', commit })
  })

  it('takes a commit as it is', async () => {
    expect(await resolve({ commit: other.commit })).toEqual({ ref: '', commit: other.commit })
    expect(harness.git.calls).toEqual([])
  })

  it('stays where it is while pulls are suspended', async () => {
    const look = await harness.look('a')
    const mark = { revision: other, specDigest: '', optionDigest: '', appliedAt: formatTime(0) }
    const status = { phase: 'Ready', description: '', conditions: [], secretsSynced: 0 } as const
    const head = { schema: 1, id: look.poke.id, status, applied: mark, attempt: 0, generation: 1 }
    harness.git.commit('main', { a: '1' })
    expect(await resolve({ branch: 'main' }, { suspendGitPulls: true }, { head })).toEqual(other)
  })
})
