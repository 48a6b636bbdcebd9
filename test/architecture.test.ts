import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

const root = dirname(import.meta.dirname)

interface Module {
  path: string
  text: string
  lines: number
  imports: { target: string; typeOnly: boolean }[]
}

function listFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

function readModule(path: string): Module {
  const text = readFileSync(join(root, path), 'utf8')
  const { module } = parseSync(path, text)
  const specifiers = [
    ...module.staticImports.map((found) => ({
      request: found.moduleRequest.value,
      typeOnly: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) =>
        entry.moduleRequest ? [{ request: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
      ),
    ),
    ...module.dynamicImports.map((found) => ({
      request: text.slice(found.moduleRequest.start + 1, found.moduleRequest.end - 1),
      typeOnly: false,
    })),
  ]
  const imports = specifiers.map(({ request, typeOnly }) => ({
    target: request.startsWith('.') ? relative(root, normalize(join(root, dirname(path), request))) : request,
    typeOnly,
  }))
  return { path, text, lines: text.split('\n').length - 1, imports }
}

const sources = ['lib', 'functions', 'cli'].flatMap(listFiles).map(readModule)
const tests = listFiles('test').map(readModule)

/** Import targets that each part of the tree may use; the first matching row counts. */
const layers: { part: RegExp; allowed: RegExp; alsoTypes?: RegExp }[] = [
  { part: /^lib\/core\//, allowed: /^(lib\/core\/|node:crypto$|yaml$|zod$|zod\/mini$|re2js$)/ },
  { part: /^lib\/ports(\.ts$|\/)/, allowed: /^lib\/(core|ports)\// },
  { part: /^lib\/sync\//, allowed: /^(lib\/core\/|lib\/sync\/|lib\/ports\.ts$)/ },
  { part: /^lib\/env\.ts$/, allowed: /^(lib\/core\/|zod$|zod\/mini$)/ },
  { part: /^lib\/adapters\//, allowed: /^(lib\/core\/|lib\/adapters\/|lib\/ports\.ts$|node:|[@a-z])/ },
  {
    part: /^functions\/[a-z]+\/handler\.ts$/,
    allowed: /^lib\/(sync\/|core\/|ports\.ts$)/,
    alsoTypes: /^aws-lambda$/,
  },
  { part: /^(functions|cli)\//, allowed: /./ },
]

const own = /^(lib|functions|cli|test|bench)\//

function isAllowed(module: Module, { target, typeOnly }: Module['imports'][number]): boolean {
  const layer = layers.find(({ part }) => part.test(module.path))
  if (!layer) return false
  if (layer.alsoTypes?.test(target) && typeOnly) return true
  if (
    module.path.startsWith('lib/adapters/') &&
    own.test(target) &&
    !/^lib\/(core|adapters)\/|^lib\/ports\.ts$/.test(target)
  ) {
    return false
  }
  return layer.allowed.test(target)
}

describe('the direction of imports', () => {
  it.each(sources.map((module) => [module.path, module] as const))(
    '%s imports only what its layer may',
    (_, module) => {
      expect(
        module.imports.filter((found) => !isAllowed(module, found)).map((found) => found.target),
      ).toEqual([])
    },
  )

  it('keeps the AWS SDK to adapters and composition roots', () => {
    const users = sources.filter((module) =>
      module.imports.some(({ target }) => target.startsWith('@aws-sdk/')),
    )
    expect(
      users
        .map(({ path }) => path)
        .filter((path) => !/^(lib\/adapters|functions\/[a-z]+\/index|cli)/.test(path)),
    ).toEqual([])
  })
})

describe('the purity of the core', () => {
  const core = sources.filter(({ path }) => path.startsWith('lib/core/'))

  it.each(core.map((module) => [module.path, module] as const))(
    '%s is synchronous and has no clock',
    (_, module) => {
      const code = stripComments(module.text)
      expect(
        code.match(/\b(async|await|Promise|setTimeout|Date\.now|new Date\(\)|Math\.random|performance)\b/g) ??
          [],
      ).toEqual([])
    },
  )

  it('is read by one module: lib/env.ts alone reads the environment', () => {
    const readers = sources
      .filter(({ text }) => /\bprocess\.env\b/.test(stripComments(text)))
      .map(({ path }) => path)
    expect(readers.filter((path) => path !== 'lib/env.ts')).toEqual([])
  })
})

/** The only files that may turn a SecretValue back into bytes. */
const revealers = [
  'cli/text/show-value.ts',
  'lib/adapters/parameters/aws-ssm.ts',
  'lib/adapters/parameters/local.ts',
  'lib/adapters/stores/aws-secrets-manager.ts',
  'lib/adapters/stores/local.ts',
  'lib/core/files/loaded-file.ts',
]

describe('house style', () => {
  it('reveals secret values in the named files only', () => {
    const found = sources
      .filter(({ text }) => /\.reveal\(\)/.test(stripComments(text)))
      .map(({ path }) => path)
    expect(found.filter((path) => !revealers.includes(path))).toEqual([])
  })

  it.each(sources.map((module) => [module.path, module.lines] as const))(
    '%s has at most 250 lines',
    (_, lines) => {
      expect(lines).toBeLessThanOrEqual(250)
    },
  )

  it.each(tests.map((module) => [module.path, module.lines] as const))(
    '%s has at most 300 lines',
    (_, lines) => {
      expect(lines).toBeLessThanOrEqual(300)
    },
  )

  it('has exactly two classes', () => {
    const classes = sources.flatMap(({ text }) => stripComments(text).match(/^(export )?class \w+/gm) ?? [])
    expect(classes.sort()).toEqual(['export class SecretValue', 'export class SyncError'])
  })

  it('has no folder or file named after nothing', () => {
    const vague = /(^|\/)(utils?|helpers?|common|manager|service|misc|shared)(\.ts|\/|$)/
    expect(sources.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([])
  })

  it.each(listFunctions())('functions/%s is exactly index.ts and handler.ts', (name) => {
    expect(readdirSync(join(root, 'functions', name)).sort()).toEqual(['handler.ts', 'index.ts'])
  })
})

describe('the mirror of tests', () => {
  const mirrored = listFiles('test').filter(
    (path) => /^test\/(lib|functions|cli)\//.test(path) && path.endsWith('.test.ts'),
  )

  it.each(mirrored)('%s stands where its source stands', (path) => {
    const source = path.replace(/^test\//, '').replace(/(\.[a-z-]+)?\.test\.ts$/, '')
    expect(existsSync(join(root, `${source}.ts`)) || existsSync(join(root, source))).toBe(true)
  })

  const behaviour = sources.filter(
    ({ path }) => /^lib\/(core|sync)\//.test(path) && !/^lib\/core\/error-codes\//.test(path),
  )

  it.each(behaviour.filter(hasFunctions).map(({ path }) => path))('%s has a test', (path) => {
    const stem = join('test', path.replace(/\.ts$/, ''))
    const named = readdirSync(join(root, 'test', dirname(path)), { encoding: 'utf8' }).map((name) =>
      join('test', dirname(path), name),
    )
    expect(
      named.some(
        (name) => name === `${stem}.test.ts` || (name.startsWith(`${stem}.`) && name.endsWith('.test.ts')),
      ),
    ).toBe(true)
  })
})

function hasFunctions({ text }: Module): boolean {
  return /^export (function|const \w+ = (\(|async|create))/m.test(text)
}

function listFunctions(): string[] {
  const folder = join(root, 'functions')
  return existsSync(folder) ? readdirSync(folder) : []
}

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
}
