import { createSourceError, type YamlSource } from '../yaml/source.ts'

/**
 * The documents of a file. kustomize cuts by text, at every line that starts with `---` but the first, even inside a
 * quoted scalar; each piece but the last keeps the newline before its separator.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/kio/byteio_reader.go (splitDocuments)
 * @throws {SyncError} the code of `source` for text after a separator
 */
export function splitDocuments(text: string, source: YamlSource): readonly string[] {
  const unix = text.replaceAll('\r\n', '\n')
  if (unix === '') return []
  const pieces: string[] = []
  let start = 0
  for (const match of unix.matchAll(/\n---([^\n]*)\n/g)) {
    const rest = (match[1] ?? '').trim()
    if (rest !== '' && !rest.startsWith('#'))
      throw createSourceError(source, 'text after a document separator')
    pieces.push(`${unix.slice(start, match.index)}\n`)
    start = match.index + match[0].length
  }
  return [...pieces, unix.slice(start)]
}
