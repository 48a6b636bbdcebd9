import type { PlacedStatement, Policies, SimulatedRequest } from '../aws/stack/policies.ts'

/** A secret of nobody whom the service knows. */
const foreignSecret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:of-somebody-else'

/** What stands for a part that a pattern leaves open. */
const anyPart = 'eu-west-1'

export interface SimulatedAnswer {
  readonly action: string
  readonly resource: string
  /** Whether IAM decides as the statement says. */
  readonly isAsSaid: boolean
}

/** Asks IAM about each action of a statement, on resources and in contexts that it is about. */
export async function simulateStatement(
  policies: Policies,
  statement: PlacedStatement,
): Promise<readonly SimulatedAnswer[]> {
  const wanted = statement.Effect === 'Allow' ? 'allowed' : 'explicitDeny'
  const answers = listRequests(statement).map(async (request) => {
    const { action, resource } = request
    return { action, resource, isAsSaid: (await policies.simulate(statement, request)) === wanted }
  })
  return await Promise.all(answers)
}

function listRequests({
  Action,
  Resource = foreignSecret,
  Condition = {},
}: PlacedStatement): SimulatedRequest[] {
  const keys = Object.entries(Condition).filter(([operator]) => operator !== 'Null')
  const context = keys
    .flatMap(([, values]) => Object.entries(values))
    .map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyType: 'string' as const,
      ContextKeyValues: [[value].flat()[0] ?? ''].map((text) => text.replaceAll('*', anyPart)),
    }))
  return [Action].flat().flatMap((action) =>
    [Resource].flat().map((resource) => ({
      action,
      resource: resource === '*' ? foreignSecret : resource.replaceAll('*', anyPart),
      context,
    })),
  )
}
