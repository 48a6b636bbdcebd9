import { describe, expect, it } from 'vitest'
import { readApiCaller } from '../../../../lib/core/audit/api-caller.ts'

const arn = 'arn:aws:sts::123456789012:assumed-role/operator/ada'

describe('readApiCaller', () => {
  it.each([
    [{ authorizer: { iam: { userArn: arn } } }, arn],
    [{ authorizer: { jwt: { claims: { sub: 'u-1', email: 'ada@example.com' } } } }, 'ada@example.com (u-1)'],
    [{ authorizer: { jwt: { claims: { sub: 'u-1' }, scopes: null } } }, 'u-1'],
    [{ authorizer: { jwt: { claims: { sub: 'a\u001b[2J' } } } }, 'a\\u001b[2J'],
    [{ authorizer: { jwt: { claims: {} } } }, 'unknown'],
    [{ authorizer: {} }, 'unknown'],
    [{}, 'unknown'],
    [undefined, 'unknown'],
  ])('reads %j as %s', (context, name) => {
    expect(readApiCaller(context)).toEqual({ from: 'api', name })
  })
})
