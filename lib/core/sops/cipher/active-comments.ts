import type { RuleMatcher } from './rules.ts'

/**
 * The comments that a comment rule looks at: in each open container, those since the last item that is none.
 * @see https://github.com/getsops/sops/blob/main/sops.go (shouldBeEncrypted)
 */
export interface ActiveComments {
  /** Whether one of them matches the rule. */
  readonly matched: boolean
  /** Takes a comment of the innermost container, and says whether one matched as far as it itself is concerned. */
  add(text: string): boolean
  /** Forgets those of the innermost container; called after each item of it. */
  clear(): void
}

/** The comments outside of every container. */
export const noComments: ActiveComments = { matched: false, add: () => false, clear: () => {} }

/** The comments of a container that is being entered. */
export function createActiveComments(outer: ActiveComments, rule: RuleMatcher): ActiveComments {
  if (rule.looksAt === 'keys') return noComments
  let own = false
  return {
    get matched() {
      return outer.matched || own
    },
    add(text) {
      const before = outer.matched || own
      own ||= rule.matches(text)
      // A marker that starts encryption stays readable itself; one that ends it is not encrypted either.
      return rule.matchMeansEncrypted ? before : outer.matched || own
    },
    clear() {
      own = false
    },
  }
}
