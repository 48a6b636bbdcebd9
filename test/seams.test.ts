import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

interface Seam {
  readonly folder: string
  /** The contract suite that every file of the folder runs. */
  readonly suite: string
  /** Files of the folder that are no implementation of the port. */
  readonly others?: readonly string[]
}

/** The folders to which one adds a kind by adding one file; what several kinds share lies in subfolders. */
const seams: readonly Seam[] = [
  { folder: 'lib/adapters/config', suite: 'testConfigSource' },
  { folder: 'lib/adapters/hosts', suite: 'describeGitHost', others: ['json-payload.ts'] },
  { folder: 'lib/adapters/keys', suite: 'testKeyService' },
  { folder: 'lib/adapters/notify', suite: 'testNotify' },
  { folder: 'lib/adapters/parameters', suite: 'testParameterStore' },
  { folder: 'lib/adapters/queue', suite: 'testPokeQueue' },
  {
    folder: 'lib/adapters/state',
    suite: 'testStateStore',
    others: ['file-version-key.ts', 'kms-version-key.ts'],
  },
  { folder: 'lib/adapters/stores', suite: 'testSecretStore' },
]

const implementations = seams.flatMap(({ folder, suite, others = [] }) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !['index.ts', ...others].includes(entry.name))
    .map(({ name }) => ({ folder, suite, name: name.replace(/\.ts$/, '') })),
)

describe.each(implementations)('$folder/$name.ts', ({ folder, suite, name }) => {
  const registry = join(root, folder, 'index.ts')

  // Without a registry no kind is chosen by name: a composition root imports the one that it wants.
  it.runIf(existsSync(registry))('is registered', () => {
    expect(readFileSync(registry, 'utf8')).toContain(`from './${name}.ts'`)
  })

  it('runs the contract suite of its port', () => {
    const tests = readdirSync(join(root, 'test', folder))
      .filter((file) => file.startsWith(`${name}.`) && file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, 'test', folder, file), 'utf8'))
    expect(tests.join('\n')).toContain(`${suite}(`)
  })
})
