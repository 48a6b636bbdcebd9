import type { Manifest } from '../config/manifest.ts'
import { isSyncError } from '../errors.ts'
import { readApplicationComparison } from './argocd/application.ts'
import { readArtifact } from './flux/git-repository-status.ts'
import { parseRevision } from './revision.ts'
import type { SourceChoice } from './source.ts'

/** The commit that Flux or Argo CD found last, and when; `null` where it has found none. */
export interface ReportedRevision {
  readonly commit: string
  /** As the controller writes it. */
  readonly at: string
}

/** What the status of a source says about the repository. */
export function readReportedRevision(manifest: Manifest, choice: SourceChoice = {}): ReportedRevision | null {
  try {
    if (manifest.kind === 'Application') return readApplicationComparison(manifest, choice)
    const artifact = readArtifact(manifest)
    return artifact && { commit: parseRevision(artifact.revision).commit, at: artifact.at }
  } catch (thrown) {
    if (isSyncError(thrown)) return null
    throw thrown
  }
}
