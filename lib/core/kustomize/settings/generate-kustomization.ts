import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import { kustomizationNames } from '../layer/find-kustomization.ts'
import { listFiles } from './list-files.ts'

/** What Flux leaves out of an artifact. */
const excluded =
  /(^|\/)(\.(github|circleci)\/|\.(travis|gitlab-ci|drone)\.yml$|appveyor\.yml$|cloudbuild\.yaml$|codeship-[^/]*\.yml$|\.goreleaser\.yml$|\.(sops|flux)\.yaml$)/

/**
 * The kustomization that Flux makes for a directory without one: every YAML file below, and in their place the
 * directories that have a kustomization.
 * @see https://github.com/fluxcd/pkg/blob/kustomize/v1.44.0/kustomize/kustomize_generator.go (scanManifests)
 * @throws {SyncError} KustomizeFieldUnsupported for a directory with a `.sourceignore`
 */
export function generateKustomization(loader: Loader, root: string): Kustomization {
  const file = `${root === '' ? '' : `${root}/`}kustomization.yaml`
  const kustomized: string[] = []
  const files = listFiles(loader, root, (path) => {
    const isKustomized = hasKustomization(loader, root === '' ? path : `${root}/${path}`)
    if (isKustomized) kustomized.push(path)
    return !isKustomized
  })
  if (files.some((path) => /(^|\/)\.sourceignore$/.test(path))) {
    throw new SyncError('KustomizeFieldUnsupported', {
      data: { file, field: '.sourceignore', reason: 'add a kustomization.yaml that lists the files' },
    })
  }
  const resources = [...files.filter(isManifest), ...kustomized].sort().map((path) => `./${path}`)
  return { file, encrypted: false, kind: 'Kustomization', resources }
}

function isManifest(path: string): boolean {
  return /\.ya?ml$/.test(path) && !excluded.test(path)
}

/** Whether a directory has a kustomization, or more than one. */
export function hasKustomization({ tree }: Pick<Loader, 'tree'>, root: string): boolean {
  return kustomizationNames.some((name) => {
    const kind = tree.entry(root === '' ? name : `${root}/${name}`)?.kind
    return kind === 'file' || kind === 'symlink'
  })
}
