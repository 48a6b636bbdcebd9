import { expect, it } from 'vitest'
import { normalizeArgoUrl } from '../../../../../lib/core/source/argocd/argo-url.ts'

it.each([
  ['https://github.com/Org/Repo.git', 'https://github.com/org/repo'],
  [' https://github.com/org/repo ', 'https://github.com/org/repo'],
  ['git@github.com:Org/Repo', 'git@github.com/org/repo'],
  ['git@github.com:org/repo.git', 'git@github.com/org/repo'],
  ['ssh://git@github.com/org/repo.git', 'git@github.com/org/repo'],
  ['ssh://git@github.com:22/org/repo', 'git@github.com:22/org/repo'],
  ['http://github.com/org/repo', 'http://github.com/org/repo'],
  ['https://github.com/org/repo/', 'https://github.com/org/repo/'],
  ['https://github.com/org/repo.git/', 'https://github.com/org/repo.git/'],
  ['https://user@git.test/org/repo', 'https://user@git.test/org/repo'],
  ['https://git.test:8443/org', 'https://git.test:8443/org'],
  ['https://git.test', 'https://git.test'],
  ['*', '*'],
])('compares %j as %j', (url, expected) => {
  expect(normalizeArgoUrl(url)).toBe(expected)
})
