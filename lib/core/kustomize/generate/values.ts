import { createScalar, type Scalar, tags } from '../yaml/node.ts'

/**
 * Base64 as kustomize stores it: from 70 characters on wrapped, with a newline after each line, the last included.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/datamap.go (encodeBase64)
 */
export function encodeWrappedBase64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64')
  if (text.length < 70) return text
  const lines = Array.from({ length: Math.ceil(text.length / 70) }, (_, at) =>
    text.slice(at * 70, at * 70 + 70),
  )
  return `${lines.join('\n')}\n`
}

/** A generated value; a text of several lines is a literal block, which patches then keep. */
export function createValue(text: string, tainted: boolean): Scalar {
  return createScalar(text, { tag: tags.string, style: text.includes('\n') ? 'literal' : 'plain', tainted })
}
