import { expect, it } from 'vitest'
import { formatPolicy } from '../../../cli/text/format-policy.ts'

const report = {
  config: 'prod/team-a/web',
  tenant: 'prod/team-a',
  tenancy: 'listed',
  judgements: [
    { path: 'spec.sourceRef.namespace', asked: 'shared', granted: ['team-a'], permitted: false },
    { path: 'spec.provider.aws.region', asked: 'eu-west-1', granted: 'any', permitted: true },
    { path: 'spec.prune', asked: 'schedule', granted: [], permitted: false },
  ],
  granted: { namePrefixes: ['a-', 'b-'], adopt: true, roles: [] },
} as const

it('shows what is asked for beside what is granted', () => {
  expect(formatPolicy(report).split('\n')).toEqual([
    'ASKS FOR                  VALUE      GRANTED  PERMITTED',
    'spec.sourceRef.namespace  shared     team-a   no',
    'spec.provider.aws.region  eu-west-1  any      yes',
    'spec.prune                schedule   -        no',
    '',
    'GRANTED TO prod/team-a',
    'namePrefixes            a- b-',
    'adopt                   true',
    'roles                   -',
  ])
})

it('says in one sentence that there is one tenant', () => {
  expect(formatPolicy({ ...report, tenancy: 'single', judgements: [] })).toMatch(/only tenant/)
})
