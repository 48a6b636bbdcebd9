import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const results = process.env['SMC_TEST_RESULTS']

/** The end-to-end suites; which one is given on the command line as a folder of `test/e2e`. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: results
      ? ['verbose', ['junit', { outputFile: join(results, `e2e-${process.pid}.xml`) }]]
      : ['verbose'],
  },
})
