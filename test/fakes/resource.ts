import { parseResourceText } from '../../lib/core/kustomize/resource/parse-resources.ts'
import type { Resource } from '../../lib/core/kustomize/resource/resource.ts'
import { decodeObject } from '../../lib/core/kustomize/yaml/decode.ts'
import { formatGoJson } from '../../lib/core/kustomize/yaml/json.ts'
import type { YamlSource } from '../../lib/core/kustomize/yaml/source.ts'

export const manifestSource: YamlSource = {
  file: 'f.yaml',
  code: 'ManifestInvalid',
  dialect: 'v3',
  encrypted: false,
}

/** Objects of a manifest; each is a v1 Secret where the text does not say otherwise. */
export function createResources(text: string, encrypted = false): Resource[] {
  return [...parseResourceText(text, { ...manifestSource, encrypted })]
}

/** One object; `body` without apiVersion and kind makes a v1 Secret. */
export function createResource(body = 'metadata: {name: s}', encrypted = false): Resource {
  const head = /^kind:/m.test(body) ? '' : 'apiVersion: v1\nkind: Secret\n'
  const [resource] = createResources(head + body, encrypted)
  if (resource === undefined) throw new Error('no object')
  return resource
}

export function printResource({ root, file }: Resource): Record<string, unknown> {
  return JSON.parse(formatGoJson(decodeObject(root, file)))
}
