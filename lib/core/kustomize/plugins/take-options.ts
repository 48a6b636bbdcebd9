import { SyncError } from '../../errors.ts'
import { markGenerated } from '../generate/generate.ts'
import { getMetadataMap, setMetadataMap } from '../resource/metadata.ts'
import type { Resource } from '../resource/resource.ts'

const hashAnnotation = 'kustomize.config.k8s.io/needs-hash'
const behaviorAnnotation = 'kustomize.config.k8s.io/behavior'

/**
 * Takes from the annotations of what a plugin generated whether it wants a hash and how it joins what exists.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/plugins/utils/utils.go (UpdateResourceOptions)
 * @throws {SyncError} ManifestInvalid
 */
export function takeGeneratorOptions({ root, file }: Resource): void {
  const annotations = new Map(getMetadataMap(root, 'annotations'))
  const hash = annotations.get(hashAnnotation)
  const needsHash = hash !== undefined && parseGoBool(hash.text)
  if (needsHash === null) {
    throw new SyncError('ManifestInvalid', { data: { file, name: hashAnnotation, reason: 'no boolean' } })
  }
  const behavior = annotations.get(behaviorAnnotation)?.text ?? ''
  annotations.delete(hashAnnotation)
  annotations.delete(behaviorAnnotation)
  setMetadataMap(root, 'annotations', annotations)
  markGenerated(root, { behavior, needsHash })
}

/** Go's `strconv.ParseBool`. */
function parseGoBool(text: string): boolean | null {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true
  return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : null
}
