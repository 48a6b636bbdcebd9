import { describe, expect, it } from 'vitest'
import { bundleFunction } from '../../fakes/bundle-function.ts'

describe('the bundle of the webhook', async () => {
  const { inputs, sizeBytes } = await bundleFunction('webhook')

  it.each([
    /isomorphic-git/,
    /^lib\/core\/(sops|kustomize|raw)\//,
    /^lib\/adapters\/(config|git|keys|stores|egress)\//,
    /client-(kms|s3|sts)|age-encryption|openpgp/,
    /powertools\/tracer/,
    /zod\/v4\/locales/,
  ])('holds nothing of %s', (pattern) => {
    expect(inputs.filter((path) => pattern.test(path))).toEqual([])
  })

  it('stays below 600 KB', () => {
    expect(inputs).toContain('functions/webhook/handler.ts')
    expect(sizeBytes).toBeLessThan(600_000)
  })
})
