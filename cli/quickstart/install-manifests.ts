import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The address that the manifests of the quickstart hold in place of that of the running service. */
const placeholder = 'http://quickstart.invalid/'

/** Copies the manifests from `from` to `to`, with `gitUrl` (ending in `/`) in place of the placeholder. */
export async function installManifests(options: {
  readonly from: string
  readonly to: string
  readonly gitUrl: string
}): Promise<void> {
  await mkdir(options.to, { recursive: true, mode: 0o700 })
  for (const name of await readdir(options.from)) {
    const text = await readFile(join(options.from, name), 'utf8')
    await writeFile(join(options.to, name), text.replaceAll(placeholder, options.gitUrl))
  }
}
