import { SyncError } from '../errors.ts'
import { type Expression, type ExpressionPart, parseExpressions } from './parse-expression.ts'
import { applyFunction } from './shell-functions.ts'

/** The value of a variable, and whether it came from a Secret. */
export interface Variable {
  readonly value: string
  readonly tainted: boolean
}

export interface Variables {
  readonly values: ReadonlyMap<string, Variable>
  /** Whether a variable without a value is an error where no default stands in for it. */
  readonly strict: boolean
}

/** Operators that stand in for a variable without a value. */
const defaults = ['-', '+', '=', '?', ':-', ':+', ':=', ':?']

/**
 * A text with its `${…}` replaced; `$$` stands for a dollar.
 * @see https://github.com/fluxcd/pkg/blob/envsubst/v1.9.0/envsubst/template.go
 * @throws {SyncError} SubstitutionFailed; a value is never part of it
 */
export function substituteText(text: string, variables: Variables): Variable {
  return joinParts(parseExpressions(text), variables)
}

/** Of one text; no Secret, and no other object of a cluster, holds as much. */
const lengthLimit = 4 * 1024 * 1024

function assertLength(length: number): void {
  if (length > lengthLimit) throw new SyncError('SubstitutionFailed', { data: { lengthLimit } })
}

function joinParts(parts: readonly ExpressionPart[], variables: Variables): Variable {
  const values: Variable[] = []
  let length = 0
  for (const part of parts) {
    const value = evaluatePart(part, variables)
    length += value.value.length
    assertLength(length)
    values.push(value)
  }
  return { value: values.map(({ value }) => value).join(''), tainted: values.some(({ tainted }) => tainted) }
}

function evaluatePart(part: ExpressionPart, variables: Variables): Variable {
  return typeof part === 'string' ? { value: part, tainted: false } : evaluateExpression(part, variables)
}

function evaluateExpression(expression: Expression, variables: Variables): Variable {
  const { variable, operator } = expression
  const words = expression.arguments.map((part) => joinParts([part], variables))
  assertLength(words.reduce((sum, word) => sum + word.value.length, 0))
  const found = variables.values.get(variable)
  if (found === undefined && variables.strict && !defaults.includes(operator)) {
    throw new SyncError('SubstitutionFailed', { data: { variable, reason: 'no such variable' } })
  }
  const value = applyFunction(
    operator,
    found?.value ?? '',
    words.map((word) => word.value),
  )
  return { value, tainted: found?.tainted === true || words.some(({ tainted }) => tainted) }
}
