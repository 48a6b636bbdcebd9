import type * as z from 'zod/mini'

type Issue = z.core.$ZodIssue

/** What is wrong with one field: its path from the root of the manifest, and a phrase that never names a value. */
export interface FieldProblem {
  readonly path: string
  readonly problem: string
}

/** The first of zod's findings about `input` in our words. `root` is the path of `input` itself. */
export function describeIssue(issues: readonly Issue[], input: unknown, root: string): FieldProblem {
  const [issue] = issues
  if (!issue) return { path: root, problem: 'is not valid' }
  if (issue.code === 'unrecognized_keys') {
    return { path: formatPath(root, [...issue.path, issue.keys[0] ?? '']), problem: 'is not a known field' }
  }
  const path = formatPath(root, issue.path)
  return read(input, issue.path) === undefined
    ? { path, problem: 'is missing' }
    : { path, problem: describeProblem(issue) }
}

function describeProblem(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${expectations[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'string' ? issue.message : `must be at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? issue.message : `must be at most ${issue.maximum}`
    default:
      return issue.message
  }
}

const expectations: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  int: 'a whole number',
  number: 'a number',
}

function formatPath(root: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    root,
  )
}

function read(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    input,
  )
}
