import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { runGit } from '../../../cli/quickstart/run-git.ts'

const at = { directory: tmpdir(), environment: { PATH: process.env['PATH'] } }

it('gives what git prints', async () => {
  expect(await runGit(['--version'], at)).toMatch(/^git version /)
})

it('says which command failed and nothing of what it printed', async () => {
  await expect(runGit(['rev-parse', '--verify', 'nope'], at)).rejects.toMatchObject({
    code: 'GitUnavailable',
    data: { command: 'git rev-parse' },
  })
})
