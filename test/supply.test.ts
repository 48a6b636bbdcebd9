import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = dirname(import.meta.dirname)
const readJson = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))

interface LockEntry {
  readonly hasInstallScript?: boolean
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
}

const locked = Object.entries(readJson('package-lock.json').packages as Record<string, LockEntry>).filter(
  ([path]) => path !== '',
)
const manifest = readJson('package.json')

/** Packages that bring an install script, which `.npmrc` keeps from running: those of the build, and native add-ons of ssh2, which works without them. */
const knownInstallScripts = [
  'node_modules/@parcel/watcher',
  'node_modules/cpu-features',
  'node_modules/es5-ext',
  'node_modules/esbuild',
  'node_modules/ssh2',
]

/** Licences of what runs in production; openpgp is the one exception and is loaded only when a file asks for it. */
const allowedLicenses =
  /^\(?(MIT|MIT-0|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|0BSD|BlueOak-1\.0\.0|Unlicense|Python-2\.0)\b/

describe('the lock file', () => {
  it('holds no install script that nobody has looked at', () => {
    const found = locked.filter(([, entry]) => entry.hasInstallScript).map(([path]) => path)
    expect(found.filter((path) => !knownInstallScripts.includes(path))).toEqual([])
  })

  it('names no registry and pins every package by its content', () => {
    expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([])
    expect(locked.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([])
  })

  it('brings only licences that fit into production', () => {
    const found = locked
      .filter(([path, entry]) => !entry.dev && path !== 'node_modules/openpgp')
      .filter(([, entry]) => entry.license !== undefined && !allowedLicenses.test(entry.license))
    expect(found.map(([path, entry]) => `${path}: ${entry.license}`)).toEqual([])
  })
})

describe('package.json', () => {
  it('pins exact versions', () => {
    const versions = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    }
    for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('runs nothing by itself on install and is never published', () => {
    const hooks = [
      'preinstall',
      'install',
      'postinstall',
      'prepare',
      'prepublish',
      'pretest',
      'posttest',
      'prestart',
    ]
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([])
    expect(manifest.private).toBe(true)
  })
})
