import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

/** The bundle as it is deployed: what is in it, and how many bytes it has. */
async function bundle() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/webhook/index.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    keepNames: true,
    mainFields: ['module', 'main'],
    // So that paths in the metafile begin with node_modules wherever that is linked to.
    preserveSymlinks: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  return {
    inputs: inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
    sizeBytes: outputFiles[0]?.contents.byteLength ?? 0,
  }
}

describe('the bundle of the webhook', async () => {
  const { inputs, sizeBytes } = await bundle()

  it.each([
    /isomorphic-git/,
    /^lib\/core\/sops\//,
    /^lib\/core\/kustomize\//,
    /^lib\/adapters\/(git|keys|stores|egress)\//,
    /client-kms|age-encryption|openpgp/,
    /powertools\/tracer/,
    /zod\/v4\/locales/,
  ])('holds nothing of %s', (pattern) => {
    expect(inputs.filter((path) => pattern.test(path))).toEqual([])
  })

  it('stays below 600 KB', () => {
    expect(sizeBytes).toBeGreaterThan(100_000)
    expect(sizeBytes).toBeLessThan(600_000)
  })
})
