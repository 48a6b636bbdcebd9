import type { Config } from '../config/config.ts'
import { configInvalid } from '../config/parse/config-invalid.ts'
import { SyncError } from '../errors.ts'
import type { Tree } from '../files/tree.ts'

/** The files of one service, by path; absent where the revision has none. */
export interface RawService {
  /** What the names of its secrets begin with. */
  readonly prefix: string
  readonly env?: string
  readonly yaml?: string
  readonly properties?: string
}

/** What a search found, and every path that it read or looked for. */
export interface RawSearch {
  readonly services: readonly RawService[]
  readonly paths: readonly string[]
}

const configurationDirectory = 'deployment-configuration'
const fileNames = {
  env: 'application.secrets.env',
  yaml: 'application.secrets.yaml',
  properties: 'application.properties',
} as const

/**
 * The files of every service below `basePath`: of each directory `deployment-configuration` the part for the config's
 * environment, `profiles/<environment>` before `<environment>`. The service is called like the directory above.
 * @throws {SyncError} PathNotFound, RawFileInvalid (a link or directory of that name), ConfigInvalid
 */
export function findRawFiles(tree: Tree, config: Pick<Config, 'secrets'>): RawSearch {
  const { basePath = '', environment } = config.secrets
  if (basePath !== '' && tree.entry(basePath)?.kind !== 'directory') {
    throw new SyncError('PathNotFound', { data: { path: basePath } })
  }
  const services = findConfigurationDirectories(tree, basePath).flatMap((directory) => {
    const profile = findProfile(tree, directory, environment)
    return profile === null ? [] : [readService(tree, profile, choosePrefix(config, directory))]
  })
  // Every directory was looked into, so whatever moves below the first may add a service.
  return { services, paths: [basePath] }
}

/** From the top, names in byte order. */
function findConfigurationDirectories(tree: Tree, basePath: string): string[] {
  const found: string[] = []
  const pending = [basePath]
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    const below = tree
      .list(directory)
      .map((name) => (directory === '' ? name : `${directory}/${name}`))
      .filter((path) => tree.entry(path)?.kind === 'directory')
    found.push(...below.filter((path) => nameOf(path) === configurationDirectory))
    pending.push(...below.filter((path) => nameOf(path) !== configurationDirectory).reverse())
  }
  return found
}

function findProfile(tree: Tree, directory: string, environment: string): string | null {
  const candidates = [`${directory}/profiles/${environment}`, `${directory}/${environment}`]
  return candidates.find((path) => tree.entry(path)?.kind === 'directory') ?? null
}

function choosePrefix({ secrets }: Pick<Config, 'secrets'>, directory: string): string {
  const service = nameOf(directory.slice(0, -configurationDirectory.length - 1))
  const prefix = secrets.prefix ?? service
  if (prefix !== '') return prefix
  throw configInvalid('spec.secrets.prefix', `is needed where ${configurationDirectory} lies at the root`)
}

function readService(tree: Tree, profile: string, prefix: string): RawService {
  const files = Object.entries(fileNames).flatMap(([field, name]) => {
    const path = `${profile}/${name}`
    const entry = tree.entry(path)
    if (entry && entry.kind !== 'file')
      throw new SyncError('RawFileInvalid', { data: { file: path, kind: entry.kind } })
    return entry ? [[field, path] as const] : []
  })
  return { prefix, ...Object.fromEntries(files) }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
