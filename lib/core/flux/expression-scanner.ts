/** What a scan takes; `text` has no escapes any more. */
export type ExpressionToken =
  | { readonly kind: 'end' | 'open' | 'close' | 'illegal' }
  | { readonly kind: 'text'; readonly text: string }

/** What a scan may meet besides the end. */
export interface ScanMode {
  /** Whether a character belongs to the text; `at` counts from 1. */
  readonly accept?: (character: string, at: number) => boolean
  /** Whether `${` ends the text. */
  readonly opens?: boolean
  /** Whether `}` is looked for instead of a text. */
  readonly closes?: boolean
  /** What a backslash or dollar may escape: `$$` alone, or also `\/` and `\\`. */
  readonly escapes?: 'dollar' | 'all'
}

export interface ExpressionScanner {
  readonly characters: readonly string[]
  position: number
}

export function createExpressionScanner(text: string): ExpressionScanner {
  return { characters: [...text], position: 0 }
}

/** The character that comes next, or `''`; `ahead` counts from it. */
export function peekCharacter({ characters, position }: ExpressionScanner, ahead = 0): string {
  return characters[position + ahead] ?? ''
}

/**
 * Takes the next token.
 * @see https://github.com/fluxcd/pkg/blob/envsubst/v1.9.0/envsubst/parse/scan.go
 */
export function scanExpression(scanner: ExpressionScanner, mode: ScanMode): ExpressionToken {
  if (peekCharacter(scanner) === '') return { kind: 'end' }
  if (isOpening(scanner, mode)) {
    scanner.position += 2
    return { kind: 'open' }
  }
  if (mode.closes === true && peekCharacter(scanner) === '}') {
    scanner.position += 1
    return { kind: 'close' }
  }
  const text = scanText(scanner, mode)
  return text === '' ? { kind: 'illegal' } : { kind: 'text', text }
}

function isOpening(scanner: ExpressionScanner, { opens = false }: ScanMode): boolean {
  return opens && peekCharacter(scanner) === '$' && peekCharacter(scanner, 1) === '{'
}

function scanText(scanner: ExpressionScanner, mode: ScanMode): string {
  const { accept } = mode
  const taken: string[] = []
  if (accept === undefined) return ''
  while (peekCharacter(scanner) !== '' && !isOpening(scanner, mode)) {
    const isEscape = startsEscape(scanner, mode)
    if (!isEscape && !accept(peekCharacter(scanner), taken.length + 1)) break
    if (isEscape) scanner.position += 1
    taken.push(peekCharacter(scanner))
    scanner.position += 1
  }
  return taken.join('')
}

/** A dollar before a dollar, or a backslash before a slash or backslash, stands for what follows it. */
function startsEscape(scanner: ExpressionScanner, { escapes }: ScanMode): boolean {
  const [first, second] = [peekCharacter(scanner), peekCharacter(scanner, 1)]
  if (first === '$' && second === '$') return escapes !== undefined
  return escapes === 'all' && first === '\\' && (second === '/' || second === '\\')
}
