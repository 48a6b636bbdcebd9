/** Counts nodes while aliases are expanded. */
export interface AliasBudget {
  /** False where so many of the nodes so far came out of aliases that the file must be a bomb. */
  spend(isInAlias: boolean): boolean
}

const smallDocument = 400_000
const largeDocument = 4_000_000

/**
 * The limit of go-yaml: nearly all nodes may come out of aliases in small documents, a tenth in large ones.
 * @see https://github.com/yaml/go-yaml/blob/v3/decode.go (allowedAliasRatio)
 */
export function createAliasBudget(): AliasBudget {
  let nodes = 0
  let aliased = 0
  return {
    spend(isInAlias) {
      nodes += 1
      if (isInAlias) aliased += 1
      return aliased <= 100 || nodes <= 1000 || aliased / nodes <= allowedRatio(nodes)
    },
  }
}

function allowedRatio(nodes: number): number {
  const size = Math.min(Math.max(nodes, smallDocument), largeDocument)
  return 0.99 - (0.89 * (size - smallDocument)) / (largeDocument - smallDocument)
}
