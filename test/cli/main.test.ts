import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Output } from '../../cli/command.ts'
import { commands } from '../../cli/commands.ts'
import { runMain } from '../../cli/main.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smc-main-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function run(...argv: string[]) {
  const results: string[] = []
  const notes: string[] = []
  const output: Output = {
    result: (text) => void results.push(text),
    resultBytes: (bytes) => void results.push(Buffer.from(bytes).toString()),
    note: (text) => void notes.push(text),
    colours: false,
  }
  return { code: await runMain(argv, output), results: results.join('\n'), notes: notes.join('\n') }
}

describe('smc', () => {
  it('lists every command', async () => {
    const { code, results } = await run('--help')
    expect(code).toBe(0)
    for (const name of Object.keys(commands)) expect(results).toContain(`  ${name} `)
  })

  it.each(Object.keys(commands))('explains %s', async (name) => {
    const { code, results } = await run(name, '--help')
    expect(code).toBe(0)
    expect(results).toMatch(new RegExp(`^Usage: smc ${name}`))
    expect(results).toContain('--home DIR')
  })

  it.each([
    ['no command', []],
    ['an unknown command', ['nope']],
    ['a command that every object has', ['constructor']],
    ['an unknown option', ['status', '--nope']],
    ['an option without its argument', ['status', '--home']],
  ])('exits 64 for %s', async (_, argv) => {
    expect((await run(...argv)).code).toBe(64)
  })

  it('says code and hint, and nothing on standard output, when a command fails', async () => {
    const { code, results, notes } = await run('secrets', 'list', '--home', join(folder, 'missing'))
    expect(code).toBe(1)
    expect(results).toBe('')
    expect(notes).toMatch(/^HomeInvalid: .*\nhint: /)
  })

  it('lets nothing from outside steer the terminal', async () => {
    const { notes } = await run('secrets', 'list', '--home', join(folder, '\u001b[31mred'))
    expect(notes).not.toContain('\u001b')
    expect(notes).toContain('\\u001b')
  })
})
