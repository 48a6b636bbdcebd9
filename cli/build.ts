import { realpathSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { createDirectoryTree } from '../lib/adapters/git/directory-tree.ts'
import { SyncError } from '../lib/core/errors.ts'
import { buildOverlay } from '../lib/core/kustomize/build.ts'
import { formatGoJson } from '../lib/core/kustomize/yaml/json.ts'
import { type FileSource, loadBuild } from '../lib/sync/load/load-build.ts'
import { type Command, exitCodes, readText } from './command.ts'
import { createLateUnwrapper } from './late-unwrapper.ts'

/** `smc build`: the Secrets and ConfigMaps that `kustomize build` prints, encrypted files decrypted first. */
export const buildCommand: Command = {
  usage: 'build --root ROOT DIR',
  about:
    'Print the Secrets and ConfigMaps of an overlay as a JSON array, values in plain text. Nothing outside ROOT is read.',
  options: {
    root: { type: 'string', argument: 'ROOT', about: 'the checkout that the overlay belongs to' },
  },
  async run(input) {
    const [directory, ...others] = input.positionals
    const root = readText(input, 'root')
    if (directory === undefined || root === undefined || others.length > 0) {
      throw new SyncError('UsageInvalid', { data: { usage: `smc ${buildCommand.usage}` } })
    }
    const { tree, readFiles } = createDirectoryTree(findDirectory(root))
    const path = locateWithin(root, directory)
    const source: FileSource = { readFiles, unwrap: createLateUnwrapper(input) }
    const { objects } = await loadBuild((files) => buildOverlay({ tree, files, path }), source)
    input.output.result(formatGoJson(objects.map(({ manifest }) => manifest)))
    return exitCodes.done
  },
}

function findDirectory(path: string): string {
  try {
    return realpathSync(path)
  } catch (cause) {
    throw new SyncError('PathNotFound', { data: { path }, cause })
  }
}

/** The overlay relative to the root; its own links are followed in the tree, not here. */
function locateWithin(root: string, directory: string): string {
  const path = relative(resolve(root), resolve(directory))
  return path.startsWith('..') ? relative(findDirectory(root), findDirectory(directory)) : path
}
