import { SyncError } from '../../errors.ts'
import type { Variables } from '../../flux/substitute.ts'
import type { Loader } from '../files/loader.ts'
import type { BuildContext } from '../layer/context.ts'
import { applySettings } from './apply-settings.ts'
import { generateKustomization, hasKustomization } from './generate-kustomization.ts'
import type { DirectorySettings, OverlaySettings, PostBuild } from './overlay-settings.ts'

/** Whether the directory is read without kustomize. @throws {SyncError} KustomizeFieldUnsupported for a Helm chart */
export function isPlainDirectory(loader: Loader, root: string, settings: DirectorySettings): boolean {
  if (!settings.unlessKustomized) return true
  if (hasKustomization(loader, root)) return false
  const chart = root === '' ? 'Chart.yaml' : `${root}/Chart.yaml`
  loader.noteRead(chart)
  if (loader.tree.entry(chart) === null) return true
  const reason = 'Helm chart; render it in CI and commit what it yields'
  throw new SyncError('KustomizeFieldUnsupported', { data: { file: chart, field: 'chart', reason } })
}

/**
 * A build in which the kustomization at `root` is the one that the settings make of it.
 * @throws {SyncError} SubstitutionFailed for an illegal name of a variable
 */
export function useSettings(
  context: BuildContext,
  root: string,
  settings: OverlaySettings | undefined,
): BuildContext {
  if (settings === undefined || settings.by === 'directory') return context
  const { loader } = context
  const findKustomization: BuildContext['findKustomization'] = (directory) => {
    if (directory !== root) return context.findKustomization(directory)
    const isMissing = settings.by === 'flux' && !hasKustomization(loader, root)
    const found = isMissing ? generateKustomization(loader, root) : context.findKustomization(root)
    const exists = (path: string) =>
      loader.locate(root, path, { file: found?.file ?? root, field: 'components' }).kind !== 'missing'
    return found && applySettings(found, settings, exists)
  }
  if (settings.by === 'argo') return { ...context, findKustomization }
  const { postBuild } = settings
  return {
    ...context,
    findKustomization,
    // Flux builds without the load restrictor, within the artifact.
    loader: { ...loader, load: loader.loadAnywhere },
    ...(postBuild !== undefined && hasEffect(postBuild) && { postBuild: createVariables(postBuild) }),
  }
}

function hasEffect({ substitute, loaded, always }: PostBuild): boolean {
  return always || Object.keys(substitute).length > 0 || (loaded !== undefined && loaded.size > 0)
}

function createVariables({ substitute, loaded = new Map(), strict }: PostBuild): Variables {
  const inline = Object.entries(substitute).map(([name, value]) => [name, { value, tainted: false }] as const)
  const values = [...loaded, ...inline].map(([name, { value, tainted }]) => {
    if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name)) {
      throw new SyncError('SubstitutionFailed', { data: { variable: name, reason: 'illegal name' } })
    }
    return [name, { value: value.replaceAll('\n', ''), tainted }] as const
  })
  return { values: new Map(values), strict }
}
