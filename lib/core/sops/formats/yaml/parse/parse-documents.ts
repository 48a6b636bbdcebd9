import type { TokenType } from '../../../../yaml/scan/token.ts'
import { createTokenStream } from '../scan/token-stream.ts'
import { failAtLine } from './fail-at-line.ts'
import { createParser } from './node-parser.ts'
import { expectToken, type Parser, parseOptionalNode, takeComments } from './parser.ts'
import type { SyntaxDocument } from './syntax-node.ts'

/**
 * Parses a YAML stream as go-yaml 3 does, comments included.
 * @param text free of control characters
 * @throws {SyncError} SopsFileUnreadable with the line
 * @see https://github.com/yaml/go-yaml/blob/v3/parserc.go
 */
export function parseDocuments(text: string): SyntaxDocument[] {
  const stream = createTokenStream(text)
  const parser = createParser(stream)
  const documents: SyntaxDocument[] = []
  stream.peek()
  stream.skip()
  while (stream.peek().type !== 'stream-end') {
    documents.push(parseDocument(parser, documents.length === 0))
    while (stream.peek().type === 'document-end') stream.skip()
  }
  return documents
}

function parseDocument(parser: Parser, isFirst: boolean): SyntaxDocument {
  const { stream } = parser
  const isExplicit = !isFirst || explicitStarts.includes(stream.peek().type)
  parseDirectives(parser)
  let head = ''
  if (isExplicit) {
    expectToken(parser, 'document-start')
    stream.skip()
  } else {
    head = takeDocumentHead(parser)
  }
  const root = isExplicit ? parseOptionalNode(parser, 'block', documentEnds) : parser.parseNode('block')
  return { root, head, foot: endDocument(parser) }
}

const explicitStarts: readonly TokenType[] = ['version-directive', 'tag-directive', 'document-start']

const documentEnds: readonly TokenType[] = [
  'version-directive',
  'tag-directive',
  'document-start',
  'document-end',
  'stream-end',
]

/** The comment at the top, up to its last empty line, is that of the document; the rest is that of what follows. */
function takeDocumentHead({ stream: { met } }: Parser): string {
  const end = met.head.endsWith('\n') ? met.head.length - 1 : met.head.lastIndexOf('\n\n')
  if (end < 0) return ''
  const head = met.head.slice(0, end)
  met.head = met.head.slice(end + 2)
  return head
}

/** Comments at the end are the foot, where there are no others above a further document, too. */
function endDocument(parser: Parser): string {
  const { stream, tagPrefixes } = parser
  if (stream.peek().type === 'document-end') stream.skip()
  tagPrefixes.clear()
  const { head, foot } = takeComments(parser)
  return foot === '' ? head : foot
}

function parseDirectives({ stream, tagPrefixes }: Parser): void {
  let hasVersion = false
  for (;;) {
    const { type, value, suffix, line } = stream.peek()
    if (type === 'version-directive') {
      if (hasVersion || value !== '1.1') throw failAtLine(line)
      hasVersion = true
    } else if (type === 'tag-directive') {
      if (tagPrefixes.has(value)) throw failAtLine(line)
      tagPrefixes.set(value, suffix)
    } else {
      break
    }
    stream.skip()
  }
  if (!tagPrefixes.has('!')) tagPrefixes.set('!', '!')
  if (!tagPrefixes.has('!!')) tagPrefixes.set('!!', 'tag:yaml.org,2002:')
}
