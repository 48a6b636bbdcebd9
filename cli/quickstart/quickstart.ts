import type { RequestListener } from 'node:http'
import { dirname, join } from 'node:path'
import { createGitHttpBackend } from '../../lib/adapters/git/http-backend.ts'
import type { Home } from '../../lib/adapters/home/home.ts'
import type { Environment } from '../../lib/env.ts'
import { readGitMount, repositoryName } from './clone-url.ts'
import { createRepository } from './create-repository.ts'
import { installManifests } from './install-manifests.ts'

const root = dirname(dirname(import.meta.dirname))
const example = join(root, 'examples', 'quickstart')

/** The age identity that opens the files of the example. It is public and protects nothing. */
export const quickstartKeyFile = join(example, 'keys', 'quickstart.agekey')

/** The Git server of the quickstart, to be mounted at `readGitMount`. */
export function createQuickstartGit(home: Home, environment: Environment): RequestListener {
  const { PATH, HOME } = environment
  return createGitHttpBackend({
    projectRoot: join(home.path, 'git'),
    mount: readGitMount(home),
    environment: { PATH, HOME },
  })
}

/** Puts the repository and the manifests of the quickstart into the home, for a service at `serviceUrl`. */
export async function installQuickstart(
  home: Home,
  { serviceUrl, manifests, environment }: { serviceUrl: string; manifests: string; environment: Environment },
): Promise<void> {
  await createRepository({
    path: join(home.path, 'git', repositoryName),
    content: join(example, 'repository'),
    hookCommand: [join(root, 'bin', 'smc'), 'deliver-push', '--home', home.path],
    environment,
  })
  await installManifests({
    from: join(example, 'manifests'),
    to: manifests,
    gitUrl: `${serviceUrl}${readGitMount(home)}/`,
  })
}
