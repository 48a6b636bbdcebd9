import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { GitHttpServer } from '../test/servers/git-http-server.ts'
import { createGitRepository, type GitRepository } from '../test/servers/git-repository.ts'

const commits = 200
const bytesPerCommit = 2_000_000
const applications = 500

/**
 * A repository of 400 MB in 200 commits with 500 applications, on the server under `name`. It is made once, in the
 * folder that `SMC_BENCH_CACHE` names (`~/.cache/smc-bench` unless told); what is committed to it now goes elsewhere.
 */
export function openLargeRepository(server: GitHttpServer, name: string): GitRepository {
  const cached = findCached()
  const repository = server.createRepository(name)
  mkdirSync(join(repository.directory, 'objects/info'), { recursive: true })
  writeFileSync(join(repository.directory, 'objects/info/alternates'), `${join(cached, 'objects')}\n`)
  repository.git('update-ref', 'refs/heads/main', repository.git('--git-dir', cached, 'rev-parse', 'main'))
  return repository
}

function findCached(): string {
  const folder = process.env['SMC_BENCH_CACHE'] ?? join(homedir(), '.cache', 'smc-bench')
  const cached = join(folder, 'large-repository.git')
  if (existsSync(cached)) return cached
  mkdirSync(folder, { recursive: true })
  const made = join(mkdtempSync(join(folder, 'making-')), 'repository.git')
  fill(createGitRepository(made))
  renameSync(made, cached)
  return cached
}

function fill({ commit, git }: GitRepository): void {
  const files = Array.from({ length: applications }, (_, at) => [
    [`apps/app-${at}/base/kustomization.yaml`, 'resources: [settings.yaml]\n'],
    [`apps/app-${at}/base/settings.yaml`, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app-${at}}\n`],
  ])
  commit(Object.fromEntries(files.flat()))
  for (let at = 1; at < commits; at += 1) {
    commit({ [`media/image-${at}.bin`]: randomBytes(bytesPerCommit), 'CHANGELOG.md': `${at} changes\n` })
  }
  git('repack', '-adq', '--window=0')
}
