import { describe, expect, it } from 'vitest'
import { listStatements, type Resource, type Statement, type Template } from '../package-stack.ts'
import { templateRules } from './template-rules.ts'

type RuleName = keyof typeof templateRules
/** A part of a template that a test may change. */
type Draft = Record<string, unknown>

const ruleNames = Object.keys(templateRules) as RuleName[]

/** What can get lost or slip in, and the rule that has to notice. */
const mutations: readonly (readonly [what: string, rule: RuleName, mutate: (template: Template) => void])[] =
  [
    [
      'a mistyped reference',
      'refers to nothing that is not there',
      (template) =>
        set(template, 'SyncQueue', 'RedrivePolicy', {
          deadLetterTargetArn: { 'Fn::GetAtt': ['Typo', 'Arn'] },
        }),
    ],
    [
      'a reference within a text',
      'refers to nothing that is not there',
      (template) =>
        set(template, 'Dashboard', 'DashboardName', { 'Fn::Sub': ['$', '{Typo}-dashboard'].join('') }),
    ],
    [
      'a condition that is not defined',
      'refers to nothing that is not there',
      (template) => set(template, 'Dashboard', 'DashboardName', { 'Fn::If': ['Typo', 'a', 'b'] }),
    ],
    [
      'a role of two functions',
      'gives each function a role of its own',
      (template) =>
        set(template, 'ApiLambdaFunction', 'Role', get(template, 'WorkerLambdaFunction').Properties['Role']),
    ],
    [
      'the role that the framework makes for all',
      'gives each function a role of its own',
      (template) => {
        const resources = template.Resources as Record<string, Resource>
        resources['IamRoleLambdaExecution'] = get(template, 'ApiRole')
      },
    ],
    [
      'logs that are kept for ever',
      'keeps logs for a time',
      (template) => set(template, 'WorkerLogGroup', 'RetentionInDays'),
    ],
    [
      'no time to live',
      'expires, restores and encrypts items',
      (template) => set(template, 'StateTable', 'TimeToLiveSpecification'),
    ],
    [
      'no recovery of the table',
      'expires, restores and encrypts items',
      (template) =>
        set(template, 'StateTable', 'PointInTimeRecoverySpecification', {
          PointInTimeRecoveryEnabled: false,
        }),
    ],
    [
      'a table in the clear',
      'expires, restores and encrypts items',
      (template) => set(template, 'StateTable', 'SSESpecification'),
    ],
    [
      'a queue in the clear',
      'encrypts queues',
      (template) => set(template, 'SyncDeadLetters', 'SqsManagedSseEnabled', false),
    ],
    [
      'a table that goes with the stack',
      'leaves table and key behind',
      (template) => drop(template, 'StateTable', 'DeletionPolicy'),
    ],
    [
      'a key that goes with the stack',
      'leaves table and key behind',
      (template) => drop(template, 'VersionKey', 'DeletionPolicy'),
    ],
    [
      'a key that an update replaces',
      'leaves table and key behind',
      (template) => drop(template, 'VersionKey', 'UpdateReplacePolicy'),
    ],
    ['no throttle', 'throttles webhooks', (template) => set(template, 'HttpApiStage', 'RouteSettings')],
    [
      'a route for everybody',
      'lets only webhooks in unsigned',
      (template) => set(template, 'HttpApiRouteGetConfigs', 'AuthorizationType', 'NONE'),
    ],
    [
      'any action of a service',
      'names every action',
      (template) => change(template, 'WorkerRole', 'State', { Action: 'dynamodb:*' }),
    ],
    [
      'actions by their begin',
      'names every action',
      (template) => change(template, 'WorkerRole', 'Write', { Action: ['secretsmanager:Put*'] }),
    ],
    [
      'a table that could be any',
      'allows something on everything only for a reason',
      (template) => change(template, 'ApiRole', 'State', { Resource: '*' }),
    ],
    [
      'everything but',
      'allows something on everything only for a reason',
      (template) =>
        change(template, 'ApiRole', 'Pokes', { Resource: undefined, NotResource: 'arn:aws:sqs:::one' }),
    ],
    [
      'deletion without a window',
      'ends no secret at once',
      (template) => change(template, 'WorkerRole', 'NeverForceDeletion', { Effect: 'Allow' }),
    ],
    [
      'deletion without a window for some',
      'ends no secret at once',
      (template) =>
        change(template, 'WorkerRole', 'NeverForceDeletion', {
          Resource: 'arn:aws:secretsmanager:::secret:a*',
        }),
    ],
    [
      'a worker that reads any secret',
      'reads no value of a published secret',
      (template) =>
        change(template, 'WorkerRole', 'Credentials', { Resource: ['arn:aws:secretsmanager:::secret:*'] }),
    ],
    [
      'a worker that reads what it describes',
      'reads no value of a published secret',
      (template) =>
        change(template, 'WorkerRole', 'Describe', {
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        }),
    ],
    [
      'a worker that nothing denies to read',
      'denies the worker to read what it publishes',
      (template) =>
        change(template, 'WorkerRole', 'NeverRead', { Action: 'secretsmanager:BatchGetSecretValue' }),
    ],
  ]

/** The packaged stack keeps each rule, and each rule notices when it is broken. */
export function describeTemplate(readTemplate: () => Template): void {
  describe('the template', () => {
    it.each(ruleNames)('%s', (name) => {
      expect(templateRules[name](readTemplate())).toEqual([])
    })

    it.each(mutations)('with %s would be noticed', (_, rule, mutate) => {
      const template = structuredClone(readTemplate())
      mutate(template)
      const broken = ruleNames.filter((name) => templateRules[name](template).length > 0)
      expect(broken).toContain(rule)
    })

    it('has for every rule something that breaks it', () => {
      expect(ruleNames.filter((name) => !mutations.some(([, rule]) => rule === name))).toEqual([])
    })
  })
}

function get({ Resources }: Template, id: string): Resource {
  const resource = Resources[id]
  if (!resource) throw new Error(`no resource ${id}`)
  return resource
}

function set(template: Template, id: string, property: string, value?: unknown): void {
  ;(get(template, id).Properties as Draft)[property] = value
}

function drop(template: Template, id: string, attribute: keyof Resource): void {
  delete (get(template, id) as unknown as Draft)[attribute]
}

function change(
  template: Template,
  role: string,
  sid: string,
  parts: Partial<Record<keyof Statement, unknown>>,
): void {
  const statement = listStatements(get(template, role)).find(({ Sid }) => Sid === sid)
  if (!statement) throw new Error(`no statement ${sid}`)
  Object.assign(statement, parts)
}
