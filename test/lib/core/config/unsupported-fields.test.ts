import { describe, expect, it } from 'vitest'
import { specSchema } from '../../../../lib/core/config/config-schema.ts'
import { assertFieldsSupported, listIgnoredFields } from '../../../../lib/core/config/unsupported-fields.ts'

const required = {
  sourceRef: { name: 'repo', namespace: 'flux-system' },
  provider: { aws: { region: 'eu-west-1' } },
  secrets: { environment: 'prod' },
}
const parse = (spec: Record<string, unknown>) => specSchema.parse({ ...required, ...spec })

describe('assertFieldsSupported', () => {
  it('lets defaults pass that are written out', () => {
    const spec = parse({
      provider: { aws: { region: 'eu-west-1', replicaRegions: [] } },
      secrets: { environment: 'prod', layout: 'key' },
      configs: { enabled: false },
      prune: 'report',
      recoveryWindowDays: 30,
      adopt: [],
      publish: 'direct',
    })
    expect(() => assertFieldsSupported(spec)).not.toThrow()
  })

  it.each([['spec.publish', { publish: 'atomic' }]])('refuses %s, which is not built yet', (path, spec) => {
    const expected = { code: 'ConfigFieldUnsupported', data: { path } }
    expect(() => assertFieldsSupported(parse(spec))).toThrow(expect.objectContaining(expected))
  })
})

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
