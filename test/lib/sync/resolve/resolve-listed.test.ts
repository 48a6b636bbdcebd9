import { expect, it } from 'vitest'
import { resolveListed } from '../../../../lib/sync/resolve/resolve-listed.ts'
import { createInMemoryGit } from '../../../fakes/in-memory-git.ts'

const remote = { url: 'https://git.test/o/r' }

it('looks through the history for an abbreviated commit that no ref has the name of', async () => {
  const git = createInMemoryGit()
  const commit = git.commit('main', { a: '1' })
  git.commit('main', { a: '2' })
  const begin = commit.slice(0, 8)
  const listing = await git.listRefs(remote)
  const resolve = async (name: string) => await resolveListed(git, { remote, ref: { name } }, listing)
  expect(await resolve(begin)).toEqual({ ref: begin, commit })
  git.calls.length = 0
  expect(await resolve('main')).toEqual({ ref: 'main', commit: listing.refs.get('refs/heads/main') })
  expect(git.calls).toEqual([])
  await expect(resolve('gone')).rejects.toMatchObject({ code: 'GitRefNotFound' })
})
