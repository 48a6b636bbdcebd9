import { describe, expect, it } from 'vitest'
import { listStatements, type Statement, type Template } from '../package-stack.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills them in
const ownSecret = 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:smc/prod/'

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** What the policies of the packaged stack must keep to. */
export function describePermissions(read: () => Template): void {
  const statementsOf = (role: string): Statement[] => {
    const resource = read().Resources[role]
    return resource ? listStatements(resource) : []
  }
  const allowed = (role: string) =>
    statementsOf(role)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => toList(Action))

  describe.each(['WebhookRole', 'WorkerRole', 'ReconcileRole', 'ApiRole', 'SchedulerRole'])('%s', (role) => {
    it('names every statement once', () => {
      const names = statementsOf(role).map(({ Sid }) => Sid)
      expect(names.length).toBeGreaterThan(0)
      expect(new Set(names).size).toBe(names.length)
      expect(names).not.toContain(undefined)
    })
  })

  it('lets the worker alone write secrets, decrypt, read credentials and use the key of version ids', () => {
    const ofSecrets = (role: string) =>
      allowed(role).filter((action) => /^(secretsmanager|kms|sts):/.test(String(action)))
    for (const role of ['ApiRole', 'SchedulerRole']) expect(ofSecrets(role)).toEqual([])
    expect(ofSecrets('ReconcileRole')).toEqual(['secretsmanager:GetSecretValue'])
  })

  it('lets the scheduled pass read kubeconfigs and no other secret', () => {
    const reading = statementsOf('ReconcileRole').filter(({ Action }) =>
      toList(Action).includes('secretsmanager:GetSecretValue'),
    )
    expect(reading.map(({ Resource }) => Resource)).toEqual([{ 'Fn::Sub': `${ownSecret}clusters/*` }])
  })

  it('lets the webhook read its secrets and write none', () => {
    expect(allowed('WebhookRole')).toContain('secretsmanager:GetSecretValue')
    expect(
      allowed('WebhookRole').filter((action) => /^(kms|sts):|Create|Delete|Put[^IT]/.test(String(action))),
    ).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents'])
  })

  it('lets the worker read the values of its credentials alone', () => {
    const readers = statementsOf('WorkerRole').filter(({ Action }) =>
      toList(Action).includes('secretsmanager:GetSecretValue'),
    )
    expect(readers).toMatchObject([
      { Sid: 'Credentials', Effect: 'Allow' },
      { Sid: 'Clusters', Effect: 'Allow' },
      { Sid: 'NeverRead', Effect: 'Deny' },
    ])
    const [credentials, clusters, never] = readers
    expect(credentials?.Resource).toEqual([
      { 'Fn::Sub': `${ownSecret}keys/*` },
      { 'Fn::Sub': `${ownSecret}git/*` },
    ])
    expect(clusters?.Resource).toEqual({ 'Fn::Sub': `${ownSecret}clusters/*` })
    expect(never?.NotResource).toEqual({ 'Fn::Sub': `${ownSecret}*` })
  })

  it('lets the worker change only what carries the mark of the deployment', () => {
    const changes = /^(secretsmanager|ssm):(Add|Create|Delete|Put|Restore|Tag|Untag|Update)/
    const changing = statementsOf('WorkerRole').filter(
      ({ Effect, Action }) =>
        Effect === 'Allow' && toList(Action).some((action) => changes.test(String(action))),
    )
    const marked = (kind: 'Request' | 'Resource') => ({
      StringEquals: {
        [`aws:${kind}Tag/managed-by`]: 'secret-manager-controller',
        [`aws:${kind}Tag/smc-deployment`]: 'prod',
      },
    })
    expect(changing).toMatchObject([
      { Sid: 'Create', Condition: marked('Request') },
      { Sid: 'Write', Condition: marked('Resource') },
      { Sid: 'CreateParameters', Condition: marked('Request') },
      { Sid: 'WriteParameters', Condition: marked('Resource') },
    ])
  })

  it('lets the worker alone read parameters, of this deployment, where rollbacks are to include them', () => {
    const isReading = ({ Action }: Statement) =>
      toList(Action).some((action) => /^ssm:Get/.test(String(action)))
    for (const name of ['Webhook', 'Reconcile', 'Api']) {
      expect(statementsOf(`${name}Role`).filter(isReading)).toEqual([])
    }
    const one = ['ssm:GetParameter', 'ssm:GetParameterHistory']
    expect(statementsOf('WorkerRole').filter(isReading)).toMatchObject([
      {
        Sid: 'ReadFormerParameters',
        Effect: 'Allow',
        Action: one,
        Condition: { StringEquals: { 'aws:ResourceTag/smc-deployment': 'prod' } },
      },
      { Sid: 'NeverReadParameter', Effect: 'Deny', Action: one, Resource: '*' },
      {
        Sid: 'NeverReadParameters',
        Effect: 'Deny',
        Action: ['ssm:GetParameters', 'ssm:GetParametersByPath'],
        Resource: '*',
      },
    ])
  })

  it('keeps the values of parameters shut unless somebody asks for it', () => {
    const choice = ['false', 'true']
    expect(read().Conditions).toMatchObject({
      ReadsParameters: { 'Fn::Equals': choice },
      ReadsNoParameters: { 'Fn::Not': [{ 'Fn::Equals': choice }] },
    })
    const policies = JSON.stringify(read().Resources['WorkerRole'])
    expect(policies).toContain('{"Fn::If":["ReadsParameters",{"Sid":"ReadFormerParameters"')
    expect(policies).toContain('{"Fn::If":["ReadsNoParameters",{"Sid":"NeverReadParameter"')
  })

  it('lets nobody end a secret at once', () => {
    expect(statementsOf('WorkerRole')).toContainEqual(
      expect.objectContaining({
        Sid: 'NeverForceDeletion',
        Effect: 'Deny',
        Resource: '*',
        Condition: { Bool: { 'secretsmanager:ForceDeleteWithoutRecovery': 'true' } },
      }),
    )
  })
}
