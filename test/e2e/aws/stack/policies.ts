import {
  type ContextEntry,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'
import { stage } from './deployed-stack.ts'

/** A statement as IAM holds it: everything resolved. */
export interface LiveStatement {
  readonly Sid: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** A statement, and where it is. */
export interface PlacedStatement extends LiveStatement {
  /** The role as the template calls it, and as IAM does. */
  readonly role: string
  readonly roleArn: string
  readonly policyName: string
}

/** The policies of a stack's roles, as an administrator changes them. */
export interface Policies {
  listStatements(): Promise<readonly PlacedStatement[]>
  /** Does something while the statement is not there. */
  without<Result>(statement: PlacedStatement, work: () => Promise<Result>): Promise<Result>
  /**
   * Does something with secrets as the role of the statement, which for this time is allowed everything by another
   * policy: what is refused then is denied.
   */
  tempt<Result>(
    statement: PlacedStatement,
    work: (client: SecretsManagerClient) => Promise<Result>,
  ): Promise<Result>
  /** What IAM would say to the role of the statement. */
  simulate(statement: PlacedStatement, request: SimulatedRequest): Promise<string>
}

export interface SimulatedRequest {
  readonly action: string
  readonly resource: string
  readonly context: readonly ContextEntry[]
}

export function openPolicies(cloud: Cloud): Policies {
  const iam = new IAMClient(createClientConfig(cloud))
  const readPolicy = async (RoleName: string, PolicyName: string): Promise<readonly LiveStatement[]> => {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))
    return JSON.parse(decodeURIComponent(PolicyDocument)).Statement
  }
  const writePolicy = async (RoleName: string, PolicyName: string, Statement: readonly LiveStatement[]) => {
    if (Statement.length === 0)
      return void (await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })))
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
  }
  return {
    listStatements: async () => {
      const { Roles = [] } = await iam.send(new ListRolesCommand({}))
      const placed = Roles.map(async ({ RoleName = '', Arn: roleArn = '' }) => {
        const [, role] = new RegExp(`^smc-${stage}-(\\w+)-`).exec(RoleName) ?? []
        if (role === undefined) return []
        const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
        const policies = PolicyNames.map(async (policyName) =>
          (await readPolicy(RoleName, policyName)).map((each) => ({ ...each, role, roleArn, policyName })),
        )
        return (await Promise.all(policies)).flat()
      })
      return (await Promise.all(placed)).flat()
    },
    without: async ({ Sid, roleArn, policyName }, work) => {
      const RoleName = roleArn.split('/').at(-1) ?? ''
      const statements = await readPolicy(RoleName, policyName)
      const others = statements.filter((each) => each.Sid !== Sid)
      if (others.length !== statements.length - 1) throw new Error(`no statement ${Sid}`)
      await writePolicy(RoleName, policyName, others)
      try {
        return await work()
      } finally {
        await writePolicy(RoleName, policyName, statements)
      }
    },
    tempt: async ({ roleArn: RoleArn }, work) => {
      const RoleName = RoleArn.split('/').at(-1) ?? ''
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
      const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')
      const Principal = { AWS: `arn:aws:iam::${cloud.account}:root` }
      const open = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
      }
      const write = async (PolicyDocument: string) =>
        void (await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument })))
      await write(JSON.stringify(open))
      await writePolicy(RoleName, 'temptation', [
        { Sid: 'Everything', Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' },
      ])
      try {
        const sts = new STSClient(createClientConfig(cloud))
        const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tempted' }))
        const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
        const credentials = {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
        }
        const config = createClientConfig({ ...cloud, url: cloud.secretsManager.url })
        return await work(new SecretsManagerClient({ ...config, credentials }))
      } finally {
        await writePolicy(RoleName, 'temptation', [])
        await write(trust)
      }
    },
    simulate: async ({ roleArn }, { action, resource, context }) => {
      const { EvaluationResults = [] } = await iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: roleArn,
          ActionNames: [action],
          ResourceArns: [resource],
          ContextEntries: [...context],
        }),
      )
      return EvaluationResults[0]?.EvalDecision ?? 'none'
    },
  }
}
