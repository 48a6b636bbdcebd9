import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../../../lib/core/kustomize/budget.ts'
import { codeOf } from '../../../fakes/errors.ts'
import { overlayBombs } from '../../../fakes/overlay-bombs.ts'
import { runawayMs } from '../../../fakes/own-time.ts'

it('refuses what exceeds the limit', () => {
  const budget = createBudget(3)
  expect(codeOf(() => budget.spend(3, 'f'))).toBeNull()
  expect(codeOf(() => budget.spend(1, 'f'))).toBe('KustomizeTooLarge')
})

describe('overlays that multiply', () => {
  const program = join(import.meta.dirname, '../../../programs/build-bombs.ts')
  const output = execFileSync(
    process.execPath,
    ['--max-old-space-size=120', '--max-semi-space-size=4', program],
    { encoding: 'utf8' },
  )
  const results: Record<string, { code: string; ownTimeMs: number; grownBytes: number }> = JSON.parse(output)

  it.each(Object.keys(overlayBombs))('refuses %s soon, and within 256 MiB', (name) => {
    const { code, ownTimeMs = Infinity, grownBytes = Infinity } = results[name] ?? {}
    expect(code).toBe('KustomizeTooLarge')
    expect(ownTimeMs).toBeLessThan(runawayMs)
    expect(grownBytes).toBeLessThan(256 * 1024 * 1024)
  })
})
