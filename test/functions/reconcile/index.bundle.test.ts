import { describe, expect, it } from 'vitest'
import { bundleFunction } from '../../fakes/bundle-function.ts'

describe('the bundle of the scheduled pass', async () => {
  const { inputs } = await bundleFunction('reconcile')

  it.each([
    /isomorphic-git/,
    /^lib\/core\/(sops|kustomize|raw)\//,
    // Kubeconfigs are read, and clusters reached.
    /^lib\/adapters\/(credentials\/(?!secret-texts)|git|keys|stores)/,
    /client-kms|age-encryption|openpgp/,
  ])('holds nothing of %s', (pattern) => {
    expect(inputs).toContain('functions/reconcile/handler.ts')
    expect(inputs.filter((path) => pattern.test(path))).toEqual([])
  })
})
