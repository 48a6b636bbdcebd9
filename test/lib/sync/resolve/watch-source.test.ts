import { expect, it } from 'vitest'
import { createHead } from '../../../../lib/sync/apply/begin-sync.ts'
import { openConfig, openSubject, readManifest } from '../../../../lib/sync/resolve/open-config.ts'
import { describeWatching, watchSource } from '../../../../lib/sync/resolve/watch-source.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { createSyncHarness } from '../../../fakes/sync-harness.ts'

it('lists a config under its repository once, and moves it along', async () => {
  const harness = createSyncHarness()
  const { state } = harness
  harness.configs.put(createConfigManifest('a'))
  const open = async (url: string) => {
    harness.configs.put(createRepositoryManifest({ url }))
    const opened = await readManifest(harness.dependencies, 'm/shop/a')
    return await openSubject(harness.dependencies, openConfig(opened, 'm/shop/a'), opened.configSource)
  }
  const first = await open('https://git.example/o/one.git')
  await watchSource(harness.dependencies, first, null)
  expect(await state.listWatchers('git.example/o/one')).toEqual([describeWatching(first).watcher])

  const head = { ...createHead(await harness.look('a')), watching: describeWatching(first) }
  harness.writes.length = 0
  await watchSource(harness.dependencies, first, head)
  expect(harness.writes).toEqual([])

  await watchSource(harness.dependencies, await open('https://git.example/o/two'), head)
  expect(await state.listWatchers('git.example/o/one')).toEqual([])
  expect(await state.listWatchers('git.example/o/two')).toHaveLength(1)
  harness.close()
})

it('watches the commit of a source that is pinned, and no branch', async () => {
  const harness = createSyncHarness()
  harness.configs.put(createConfigManifest('a'))
  harness.configs.put(createRepositoryManifest())
  const opened = await readManifest(harness.dependencies, 'm/shop/a')
  const config = openConfig(opened, 'm/shop/a')
  const subject = await openSubject(harness.dependencies, config, opened.configSource)
  expect(describeWatching(subject).watcher.ref).toEqual({ branch: 'main' })
  const pinned = { ref: 'main', commit: 'a'.repeat(40) }
  const { watcher } = describeWatching({ ...subject, source: { ...subject.source, pinned } })
  expect(watcher.ref).toEqual({ commit: pinned.commit })
  harness.close()
})
