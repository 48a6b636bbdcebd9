import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import { directoryOf, isWithin } from '../files/references.ts'
import { type Kustomization, parseKustomization } from '../kustomization/kustomization.ts'

/** What a kustomization may be called; none goes before the others. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/**
 * The kustomization of a directory, or `null` while its content is lacking. No name has precedence: exactly one of
 * the candidates must be a file in or below the directory.
 * @throws {SyncError} KustomizationNotFound, KustomizationInvalid
 */
export type KustomizationFinder = (root: string) => Kustomization | null

/** Each kustomization is parsed once, however many layers include it. */
export function createKustomizationFinder(loader: Loader): KustomizationFinder {
  const known = new Map<string, Kustomization>()
  return (root) => {
    const found = known.get(root) ?? findKustomization(loader, root)
    if (found !== null) known.set(root, found)
    return found
  }
}

function findKustomization(loader: Loader, root: string): Kustomization | null {
  const found = kustomizationNames.map((name) => locateCandidate(loader, root, name))
  if (found.includes('lacking')) return null
  const [path, ...more] = found.filter((candidate) => candidate !== null)
  if (path === undefined || more.length > 0) {
    throw new SyncError('KustomizationNotFound', {
      data: { directory: root, found: more.length + (path ? 1 : 0) },
    })
  }
  const file = loader.read(path, { file: path, field: '' })
  return file && parseKustomization({ ...file, file: path, budget: loader.budget })
}

/** A candidate that cannot be loaded, such as a directory or a link that leaves the directory, counts as absent. */
function locateCandidate(loader: Loader, root: string, name: string): string | 'lacking' | null {
  const file = root === '' ? name : `${root}/${name}`
  const found = loader.locate(root, name, { file, field: '' })
  if (found.kind === 'lacking') return 'lacking'
  return found.kind === 'file' && isWithin(directoryOf(found.path), root) ? found.path : null
}
