import { describe, expect, it } from 'vitest'
import { openDeployedApi } from '../../../cli/controller/deployed-api.ts'
import { catchError } from '../../fakes/errors.ts'

const url = 'https://a1b2c3.execute-api.eu-west-1.amazonaws.com'

describe('openDeployedApi', () => {
  it.each([
    ['nothing is named', {}, {}],
    ['the variable is empty', {}, { SMC_API: '' }],
  ])('opens none where %s', (_, values, environment) => {
    expect(openDeployedApi({ values, environment })).toBeNull()
  })

  it.each([
    ['the option', { api: `${url}/` }, {}],
    ['the variable', {}, { SMC_API: url }],
    ['the option before the variable', { api: url }, { SMC_API: 'https://other.example' }],
    ['an address of its own, in the region of the environment', { api: url }, { AWS_REGION: 'us-east-1' }],
  ])('takes %s', (_, values, environment) => {
    expect(openDeployedApi({ values, environment })).toMatchObject({ url })
  })

  it.each([
    ['http beyond this machine', 'http://a1b2c3.execute-api.eu-west-1.amazonaws.com', {}],
    ['what is no URL', 'a1b2c3', {}],
    ['an address that tells no region', 'https://smc.example.com', {}],
  ])('refuses %s', (_, api, environment) => {
    expect(catchError(() => openDeployedApi({ values: { api }, environment }))).toMatchObject({
      code: 'UsageInvalid',
    })
  })

  it('takes an address that tells no region where the environment does', () => {
    const api = 'https://smc.example.com/prod'
    expect(
      openDeployedApi({ values: { api }, environment: { AWS_DEFAULT_REGION: 'eu-west-1' } }),
    ).toMatchObject({ url: api })
  })
})
