import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gitHosts } from '../../../../lib/adapters/hosts/index.ts'

const folder = new URL('../../../../lib/adapters/hosts/', import.meta.url)
/** Files of the folder that several hosts use. */
const shared = ['index.ts', 'json-payload.ts']

describe('gitHosts', () => {
  it('names every host that has a file, and no other', () => {
    const files = readdirSync(folder).filter((name) => !shared.includes(name))
    expect(Object.keys(gitHosts).map((name) => `${name}.ts`)).toEqual(files.sort())
  })

  it.each(Object.keys(gitHosts))('runs the contract suite against %s', (name) => {
    expect(readFileSync(new URL(`${name}.test.ts`, import.meta.url), 'utf8')).toContain('describeGitHost(')
  })
})
