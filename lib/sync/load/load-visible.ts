import type { Tree } from '../../core/files/tree.ts'
import { collectDependencies } from '../../core/source/dependencies.ts'
import { type ArtifactView, createArtifactView } from '../../core/source/flux/artifact-view.ts'
import type { Source } from '../../core/source/source.ts'
import type { Dependency } from '../../core/state/records.ts'
import type { Snapshot } from '../../ports.ts'

/**
 * Loads from what Flux would have in the artifact of a GitRepository, and from the whole revision for other sources.
 * The files of patterns that bear on the load are read as it comes upon them, and count as looked for.
 */
export async function loadVisible<Loaded extends { readonly dependencies: readonly Dependency[] }>(
  { tree, readFiles }: Snapshot,
  { artifact }: Source,
  load: (tree: Tree) => Promise<Loaded>,
): Promise<Loaded> {
  if (!artifact) return await load(tree)
  const view = createArtifactView(tree, artifact)
  // Most patterns are those of the root: with them the first load is the last.
  view.tree.list('')
  for (let attempt: Attempt<Loaded> | null = null; ; attempt = await settle(load(view.tree))) {
    const lacking = view.listLacking()
    if (attempt && lacking.length === 0) {
      const loaded = attempt()
      return { ...loaded, dependencies: addIgnoreFiles(loaded.dependencies, view, tree) }
    }
    if (lacking.length > 0) {
      for (const [path, bytes] of await readFiles(lacking))
        view.provide(path, new TextDecoder().decode(bytes))
    }
  }
}

/** Gives the result of a load, or throws what it threw. */
type Attempt<Result> = () => Result

/** With what may hide something, unless the whole repository is a dependency anyhow. */
function addIgnoreFiles(
  dependencies: readonly Dependency[],
  view: ArtifactView,
  tree: Tree,
): readonly Dependency[] {
  const known = new Set(dependencies.map(({ path }) => path))
  if (known.has('')) return dependencies
  const looked = collectDependencies(view.listIgnoreFiles(), tree).filter(({ path }) => !known.has(path))
  return [...dependencies, ...looked].sort(byPath)
}

/** Holds the result, or the failure, until it is known whether it counts. */
async function settle<Result>(work: Promise<Result>): Promise<Attempt<Result>> {
  try {
    const result = await work
    return () => result
  } catch (thrown) {
    return () => {
      throw thrown
    }
  }
}

function byPath(one: Dependency, other: Dependency): number {
  return one.path < other.path ? -1 : 1
}
