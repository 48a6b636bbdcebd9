import type { Template } from './package-stack.ts'

const pseudoParameters = /^AWS::(AccountId|NoValue|Partition|Region|StackName|URLSuffix)$/

/** Names that the template uses and nothing in it defines. */
export function listDanglingReferences({ Resources, Conditions, Outputs }: Template): string[] {
  const used = [...collectReferences(Resources), ...collectReferences(Outputs)]
  const dependencies = Object.values(Resources).flatMap(({ DependsOn = [], Condition }) => [
    ...[DependsOn].flat(),
    ...(Condition === undefined ? [] : [`condition ${Condition}`]),
  ])
  const known = new Set([
    ...Object.keys(Resources),
    ...Object.keys(Conditions).map((name) => `condition ${name}`),
  ])
  return [...used, ...dependencies].filter((name) => !known.has(name) && !pseudoParameters.test(name))
}

/** `Ref`, `Fn::GetAtt`, `Fn::Sub` and the conditions of `Fn::If`. */
function collectReferences(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Ref') return [String(argument)]
    if (key === 'Fn::GetAtt')
      return [String(Array.isArray(argument) ? argument[0] : argument).split('.')[0] ?? '']
    if (key === 'Fn::Sub') return listSubstitutions(argument)
    const condition = key === 'Fn::If' && Array.isArray(argument) ? [`condition ${argument[0]}`] : []
    return [...condition, ...collectReferences(argument)]
  })
}

function listSubstitutions(argument: unknown): string[] {
  const text = Array.isArray(argument) ? String(argument[0]) : String(argument)
  const own = Array.isArray(argument) ? Object.keys(argument[1]) : []
  return [...text.matchAll(/\$\{([^!}.]+)(?:\.[^}]+)?\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !own.includes(name))
}
