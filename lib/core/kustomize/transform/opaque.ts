import { isOwnKind } from '../resource/own-kind.ts'
import { getGvk } from '../resource/resource.ts'
import type { ResourceSet } from '../resource/resource-set.ts'

/** What is done to other kinds beyond their metadata is left out, so that nothing may be copied from there. */
export function markOpaque({ resources }: ResourceSet): void {
  for (const resource of resources) if (!isOwnKind(getGvk(resource))) resource.opaque = true
}
