import { join } from 'node:path'
import { build } from 'esbuild'

export interface FunctionBundle {
  /** Files of which code is in the bundle, relative to the root. */
  readonly inputs: readonly string[]
  readonly sizeBytes: number
}

/** Bundles a function as it is deployed, in one piece. */
export async function bundleFunction(name: string): Promise<FunctionBundle> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '..', '..'),
    entryPoints: [`functions/${name}/index.ts`],
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
    sizeBytes: outputFiles.reduce((sum, { contents }) => sum + contents.byteLength, 0),
  }
}
