import { listStatements, type Resource, type Statement, type Template } from '../package-stack.ts'
import { listDanglingReferences } from '../references.ts'

/** What is wrong with a template by one rule, in words that name the place. */
export type TemplateRule = (template: Template) => readonly string[]

/** Statements that allow something on `*`, and why AWS knows no narrower resource. */
const unboundReasons: Readonly<Record<string, string>> = {
  List: 'ListSecrets has no resource type',
  DescribeParameters: 'DescribeParameters has no resource type',
  NetworkInterfaces: 'Lambda makes interfaces before they have names',
  Traces: 'X-Ray has no resource type for segments',
}

const retained = ['Retain', 'RetainExceptOnCreate']

/** The rules that a packaged stack keeps. */
export const templateRules = {
  'refers to nothing that is not there': listDanglingReferences,

  'gives each function a role of its own': (template) => {
    const roles = listOfType(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      JSON.stringify(Properties['Role']),
    )
    const shared = roles.filter((role, n) => roles.indexOf(role) !== n)
    return [...shared, ...Object.keys(template.Resources).filter((id) => id === 'IamRoleLambdaExecution')]
  },

  'keeps logs for a time': (template) =>
    listOfType(template, 'AWS::Logs::LogGroup')
      .filter(([, { Properties }]) => !(Number(Properties['RetentionInDays']) > 0))
      .map(([id]) => id),

  'expires, restores and encrypts items': (template) =>
    listOfType(template, 'AWS::DynamoDB::Table').flatMap(([id, { Properties }]) => [
      ...findMissing(id, Properties, 'TimeToLiveSpecification.Enabled'),
      ...findMissing(id, Properties, 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled'),
      ...findMissing(id, Properties, 'SSESpecification.SSEEnabled'),
    ]),

  'encrypts queues': (template) =>
    listOfType(template, 'AWS::SQS::Queue').flatMap(([id, { Properties }]) =>
      findMissing(id, Properties, 'SqsManagedSseEnabled'),
    ),

  'leaves table and key behind': (template) =>
    ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::KMS::Alias']
      .flatMap((type) => listOfType(template, type))
      .filter(([, { DeletionPolicy = '', UpdateReplacePolicy }]) => {
        return !retained.includes(DeletionPolicy) || UpdateReplacePolicy !== 'Retain'
      })
      .map(([id]) => id),

  'throttles webhooks': ({ Resources }) => {
    const settings = read(Resources['HttpApiStage']?.Properties, 'RouteSettings') as
      | Record<string, { ThrottlingRateLimit?: number; ThrottlingBurstLimit?: number }>
      | undefined
    const { ThrottlingRateLimit = 0, ThrottlingBurstLimit = 0 } = settings?.['POST /webhooks/{host}'] ?? {}
    return ThrottlingRateLimit > 0 && ThrottlingBurstLimit > 0 ? [] : ['POST /webhooks/{host}']
  },

  'lets only webhooks in unsigned': (template) =>
    listOfType(template, 'AWS::ApiGatewayV2::Route')
      .filter(([, { Properties }]) => Properties['AuthorizationType'] !== 'AWS_IAM')
      .map(([, { Properties }]) => String(Properties['RouteKey']))
      .filter((route) => route !== 'POST /webhooks/{host}'),

  'names every action': (template) =>
    listAll(template).flatMap(({ role, statement }) =>
      toList(statement.Action)
        .filter((action) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(String(action)))
        .map((action) => `${role}: ${action}`),
    ),

  'allows something on everything only for a reason': (template) =>
    listAll(template)
      .filter(({ statement }) => statement.Effect === 'Allow' && isUnbound(statement))
      .filter(({ statement: { Sid = '' } }) => !Object.hasOwn(unboundReasons, Sid))
      .map(({ role, statement: { Sid } }) => `${role}/${Sid}`),

  'ends no secret at once': (template) =>
    listRoles(template)
      .filter(([, role]) => isAllowed(role, 'secretsmanager:DeleteSecret'))
      .filter(([, role]) => !listStatements(role).some(deniesForcedDeletion))
      .map(([id]) => id),

  'reads no value of a published secret': (template) =>
    listAll(template)
      .filter(({ statement }) => statement.Effect === 'Allow')
      .filter(({ statement }) => /secretsmanager:(Batch)?GetSecretValue/.test(String(statement.Action)))
      .flatMap(({ role, statement }) =>
        toList(statement.Resource)
          .filter((resource) => !/:secret:smc\/prod\/\w+\/\*$/.test(readText(resource)))
          .map((resource) => `${role}/${statement.Sid}: ${readText(resource)}`),
      ),

  'denies the worker to read what it publishes': ({ Resources }) => {
    const worker = Resources['WorkerRole']
    const isThere = worker && listStatements(worker).some(deniesForeignValues)
    return isThere ? [] : ['WorkerRole']
  },
} as const satisfies Readonly<Record<string, TemplateRule>>

function listOfType({ Resources }: Template, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type)
}

function listRoles(template: Template) {
  return listOfType(template, 'AWS::IAM::Role')
}

function listAll(template: Template): readonly { readonly role: string; readonly statement: Statement }[] {
  return listRoles(template).flatMap(([role, resource]) =>
    listStatements(resource).map((statement) => ({ role, statement })),
  )
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function isUnbound({ Resource, NotResource }: Statement): boolean {
  return NotResource !== undefined || toList(Resource).includes('*')
}

function isAllowed(role: Resource, action: string): boolean {
  return listStatements(role).some(
    ({ Effect, Action }) => Effect === 'Allow' && toList(Action).includes(action),
  )
}

function deniesForcedDeletion({ Effect, Action, Resource, Condition }: Statement): boolean {
  const forced = { Bool: { 'secretsmanager:ForceDeleteWithoutRecovery': 'true' } }
  return (
    Effect === 'Deny' &&
    toList(Action).includes('secretsmanager:DeleteSecret') &&
    Resource === '*' &&
    JSON.stringify(Condition) === JSON.stringify(forced)
  )
}

function deniesForeignValues({ Effect, Action, NotResource }: Statement): boolean {
  const isAboutAll = ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'].every((action) =>
    toList(Action).includes(action),
  )
  return Effect === 'Deny' && isAboutAll && /:secret:smc\/prod\/\*$/.test(readText(NotResource))
}

/** An ARN, whatever CloudFormation has yet to fill in. */
function readText(resource: unknown): string {
  return typeof resource === 'string' ? resource : String(read(resource, 'Fn::Sub'))
}

function read(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((at: unknown, name) => (at as Record<string, unknown> | undefined)?.[name], value)
}

function findMissing(id: string, properties: unknown, path: string): string[] {
  return read(properties, path) === true ? [] : [`${id}: ${path}`]
}
