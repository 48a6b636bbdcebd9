import { describe, expect, it } from 'vitest'
import { digestSpec } from '../../../../lib/core/config/digest-spec.ts'
import { createConfigManifest } from '../../../fakes/manifests.ts'

const digest = (spec: Record<string, unknown>) => digestSpec(createConfigManifest(spec))

describe('digestSpec', () => {
  it.each([
    ['its keys come in another order', { provider: { aws: { region: 'eu-west-1' } } }],
    ['a field is null', { suspend: null }],
    ['a field without effect is set', { logging: { sops: 'INFO' }, otel: { apiKey: 'x' } }],
  ])('stays when %s', (_, spec) => {
    expect(digest(spec)).toBe(digest({}))
  })

  it.each([
    ['an interval', { reconcileInterval: '2m' }],
    ['the region', { provider: { aws: { region: 'eu-west-2' } } }],
    ['a tag', { provider: { aws: { region: 'eu-west-1', tags: { team: 'a' } } } }],
    ['an unknown field', { unknown: 1 }],
    ['an illegal value', { suspend: 'yes' }],
  ])('changes with %s', (_, spec) => {
    expect(digest(spec)).not.toBe(digest({}))
  })

  it.each([undefined, null, 'text', 7, ['list']])('takes %j for a spec', (spec) => {
    expect(digestSpec({ spec })).toMatch(/^[0-9a-f]{64}$/)
  })
})
