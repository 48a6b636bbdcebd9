import { SyncError } from '../../errors.ts'

/** Whether labels (or annotations) fulfil a selector. */
export type LabelTest = (labels: ReadonlyMap<string, string>) => boolean

const lengthLimit = 4_096

/**
 * Reads a Kubernetes label selector: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, joined by commas.
 * @see https://github.com/kubernetes/apimachinery/blob/v0.34.0/pkg/labels/selector.go
 * @throws {SyncError} PatternInvalid
 */
export function parseLabelSelector(selector: string, file: string): LabelTest {
  const fail = () => new SyncError('PatternInvalid', { data: { file, selector } })
  if (selector.length > lengthLimit) throw fail()
  const parser: Parser = { tokens: tokenize(selector), next: 0, fail }
  const tests: LabelTest[] = []
  while (peekToken(parser) !== undefined) {
    tests.push(parseRequirement(parser))
    const separator = takeToken(parser)
    if (separator === undefined) break
    if (separator !== ',' || peekToken(parser) === undefined) throw fail()
  }
  return (labels) => tests.every((test) => test(labels))
}

interface Parser {
  readonly tokens: readonly string[]
  next: number
  fail(): SyncError
}

/** Operators and commas, and the words between them. */
function tokenize(selector: string): readonly string[] {
  return selector.match(/==|!=|[=!(),><]|[^=!(),><\s]+/g) ?? []
}

function peekToken(parser: Parser): string | undefined {
  return parser.tokens[parser.next]
}

function takeToken(parser: Parser): string | undefined {
  const token = parser.tokens[parser.next]
  parser.next += 1
  return token
}

function isWord(token: string | undefined): token is string {
  return token !== undefined && !/^(==|!=|[=!(),><])$/.test(token)
}

function parseRequirement(parser: Parser): LabelTest {
  const isNegated = peekToken(parser) === '!'
  if (isNegated) takeToken(parser)
  const key = takeToken(parser)
  if (!isWord(key) || !isQualifiedName(key)) throw parser.fail()
  if (isNegated) return (labels) => !labels.has(key)
  const next = peekToken(parser)
  if (next === undefined || next === ',') return (labels) => labels.has(key)
  return parseComparison(parser, key)
}

function parseComparison(parser: Parser, key: string): LabelTest {
  const operator = takeToken(parser)
  switch (operator) {
    case '=':
    case '==':
      return isAmong(key, [parseValue(parser)])
    case '!=':
      return not(isAmong(key, [parseValue(parser)]))
    case 'in':
      return isAmong(key, parseValues(parser))
    case 'notin':
      return not(isAmong(key, parseValues(parser)))
    case '>':
    case '<':
      return compareInteger(key, operator, parseInteger(parseValue(parser)) ?? raise(parser))
    default:
      throw parser.fail()
  }
}

function raise(parser: Parser): never {
  throw parser.fail()
}

function isAmong(key: string, values: readonly string[]): LabelTest {
  return (labels) => {
    const value = labels.get(key)
    return value !== undefined && values.includes(value)
  }
}

function not(test: LabelTest): LabelTest {
  return (labels) => !test(labels)
}

function compareInteger(key: string, operator: '>' | '<', bound: bigint): LabelTest {
  return (labels) => {
    const value = parseInteger(labels.get(key) ?? '')
    return value !== null && (operator === '>' ? value > bound : value < bound)
  }
}

function parseInteger(text: string): bigint | null {
  return /^[+-]?[0-9]{1,19}$/.test(text) ? BigInt(text.replace(/^\+/, '')) : null
}

/** One value; nothing before a comma or the end is the empty value. */
function parseValue(parser: Parser): string {
  const next = peekToken(parser)
  if (next === undefined || next === ',') return ''
  return checkValue(takeToken(parser), parser)
}

function parseValues(parser: Parser): readonly string[] {
  if (takeToken(parser) !== '(') throw parser.fail()
  const values: string[] = []
  while (peekToken(parser) !== ')') {
    const token = takeToken(parser)
    if (token !== ',') values.push(checkValue(token, parser))
    else if (values.length === 0 || [',', ')'].includes(peekToken(parser) ?? '')) values.push('')
    const next = peekToken(parser)
    if (token !== ',' && next !== ',' && next !== ')') throw parser.fail()
  }
  takeToken(parser)
  return values.length === 0 ? [''] : values
}

function checkValue(value: string | undefined, parser: Parser): string {
  if (!isWord(value) || value.length > 63 || !/^([A-Za-z0-9][-\w.]*)?[A-Za-z0-9]$/.test(value)) {
    throw parser.fail()
  }
  return value
}

function isQualifiedName(key: string): boolean {
  const [name = '', prefix, ...rest] = key.split('/').reverse()
  const isPrefix =
    prefix === undefined ||
    (prefix.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix))
  return rest.length === 0 && isPrefix && name.length <= 63 && /^([A-Za-z0-9][-\w.]*)?[A-Za-z0-9]$/.test(name)
}
