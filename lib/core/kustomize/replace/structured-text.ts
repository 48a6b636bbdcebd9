import { SyncError } from '../../errors.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeNode } from '../yaml/decode.ts'
import { formatNode } from '../yaml/format.ts'
import { formatGoJson, indentGoJson } from '../yaml/json.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import { scanTokens } from '../yaml/scan-tokens.ts'
import type { YamlSource } from '../yaml/source.ts'
import { createPathError } from './field-path.ts'

/**
 * The tree of JSON or YAML that a text holds.
 * @throws {SyncError} KustomizeReplacementFailed for a text without content, ManifestInvalid for one that is no YAML
 */
export function parseStructuredText(scalar: Scalar, file: string): Node {
  const source: YamlSource = { file, code: 'ManifestInvalid', dialect: 'v3', encrypted: true }
  const root = composeDocument(scalar.value, source)
  if (root === null) throw createPathError(file, 'text without content')
  return root
}

/**
 * The text of a changed tree, in the format that it had: JSON, compact or indented, or YAML.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/replacement/replacement.go (serializeStructuredData)
 * @throws {SyncError} ManifestInvalid; KustomizeFieldUnsupported for YAML with comments or anchors
 */
export function formatStructuredText(root: Node, original: string, file: string): string {
  if (/^[{[]/.test(original.trim())) {
    const value = decodeNode(root, { file, path: [], inFlow: root.kind !== 'scalar' && root.flow })
    const isIndented = original.includes('\n') && original.includes('  ')
    return isIndented ? indentGoJson(value) : formatGoJson(value)
  }
  assertPlainYaml(original, file)
  return formatNode(root, file).trim()
}

/** kustomize keeps comments and anchors, which our trees do not have. */
function assertPlainYaml(text: string, file: string): void {
  const tokens = scanTokens(text, { file, code: 'ManifestInvalid', dialect: 'v3', encrypted: true })
  const hasAnchor = tokens.some(({ type }) => type === 'anchor' || type === 'alias')
  if (hasAnchor || /(^|[ \t])#/m.test(text)) {
    throw new SyncError('KustomizeFieldUnsupported', {
      data: { file, field: 'replacements', reason: 'comment or anchor in the YAML of a text' },
    })
  }
}
