import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Metafile } from '../package-stack.ts'

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** Packages that each bundle may hold; whoever adds one looks at it first. */
const known: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'bundled-packages.json'), 'utf8'),
)

const isCode = (path: string) => path.endsWith('.mjs')

/** Inputs of every output, or of those that the entry needs before it can run. */
function listInputs({ outputs }: Metafile): string[] {
  return Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs))
}

function sumBytes(
  { outputs }: Metafile,
  isCounted: (inputs: readonly string[]) => boolean = () => true,
): number {
  return Object.entries(outputs)
    .filter(([path, { inputs }]) => isCode(path) && isCounted(Object.keys(inputs)))
    .reduce((sum, [, { bytes }]) => sum + bytes, 0)
}

/** Outputs that are loaded at once: the entry, and what it imports statically. */
function listEagerOutputs({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find(
    (path) => outputs[path]?.entryPoint?.endsWith('/index.ts') && isCode(path),
  )
  const eager = new Set<string>()
  const visit = (path: string) => {
    if (eager.has(path)) return
    eager.add(path)
    for (const imported of outputs[path]?.imports ?? []) {
      if (imported.kind === 'import-statement' && outputs[imported.path]) visit(imported.path)
    }
  }
  if (entry) visit(entry)
  return [...eager]
}

function listPackages(metafile: Metafile): string[] {
  const names = listInputs(metafile).flatMap((path) => {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    return name === undefined ? [] : [name]
  })
  return [...new Set(names)].sort()
}

/** Sizes and contents of the bundles, from what esbuild says of them. */
export function describeBundles(read: (functionName: string) => Metafile): void {
  describe('the bundles', () => {
    it('have a webhook of at most 650 KB, with neither Git nor the decryptor', () => {
      const webhook = read('webhook')
      expect(sumBytes(webhook)).toBeLessThanOrEqual(650 * kilobyte)
      const foreign =
        /isomorphic-git|openpgp|age-encryption|lib\/core\/(sops|kustomize)\/|lib\/adapters\/(git|keys|stores)\//
      expect(listInputs(webhook).filter((path) => foreign.test(path))).toEqual([])
    })

    it('have a worker of at most 2.2 MB without openpgp, which like ssh2 and socks is loaded only when it is asked for', () => {
      const worker = read('worker')
      const isLazy = (path: string) => /node_modules\/(openpgp|socks|ssh2)\//.test(path)
      for (const name of ['openpgp', 'socks', 'ssh2']) {
        expect(listInputs(worker).some((path) => path.includes(`node_modules/${name}/`))).toBe(true)
      }
      const isOpenpgp = (path: string) => path.includes('node_modules/openpgp/')
      expect(sumBytes(worker, (inputs) => !inputs.some(isOpenpgp))).toBeLessThanOrEqual(2.2 * megabyte)
      const eager = listEagerOutputs(worker).flatMap((path) =>
        Object.keys(worker.outputs[path]?.inputs ?? {}),
      )
      expect(eager.length).toBeGreaterThan(100)
      expect(eager.filter(isLazy)).toEqual([])
    })

    it.each(Object.keys(known))('hold of %s the listed packages alone', (name) => {
      expect(listPackages(read(name))).toEqual(known[name])
    })
  })
}
