import { describe, expect, it } from 'vitest'
import { specSchema } from '../../../../../lib/core/config/parse/config-schema.ts'
import { listIgnoredFields } from '../../../../../lib/core/config/parse/ignored-fields.ts'

const required = {
  sourceRef: { name: 'repo', namespace: 'flux-system' },
  provider: { aws: { region: 'eu-west-1' } },
  secrets: { environment: 'prod' },
}
const parse = (spec: Record<string, unknown>) => specSchema.parse({ ...required, ...spec })

describe('listIgnoredFields', () => {
  it.each([
    [{}, []],
    [{ logging: {}, otel: {} }, ['spec.otel', 'spec.logging']],
    [{ provider: { ...required.provider, type: 'aws' } }, []],
    [{ provider: { ...required.provider, type: 'gcp' } }, ['spec.provider.type']],
  ])('lists, of %j, %j', (spec, expected) => {
    expect(listIgnoredFields(parse(spec))).toEqual(expected)
  })
})
