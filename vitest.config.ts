import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const results = process.env['SMC_TEST_RESULTS']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
    reporters: results
      ? ['default', ['junit', { outputFile: join(results, `unit-${process.pid}.xml`) }]]
      : ['default'],
  },
})
