// Adds up the JUnit counts that each suite left in a folder and prints them on one line.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [, , folder, failedRuns] = process.argv
const total = { tests: 0, failures: 0, errors: 0, skipped: 0 }
for (const name of readdirSync(folder)) {
  const root = readFileSync(join(folder, name), 'utf8').match(/<testsuites [^>]*>/)?.[0] ?? ''
  for (const key of Object.keys(total))
    total[key] += Number(root.match(new RegExp(`\\b${key}="(\\d+)"`))?.[1] ?? 0)
  // The root element of a JUnit report does not count what was skipped; its suites do.
  const suites = readFileSync(join(folder, name), 'utf8').matchAll(/<testsuite [^>]*\bskipped="(\d+)"/g)
  if (!/skipped=/.test(root)) for (const [, skipped] of suites) total.skipped += Number(skipped)
}
const failed = Math.max(total.failures + total.errors, Number(failedRuns))
console.log(
  `${total.tests - total.failures - total.errors - total.skipped} passed, ${failed} failed, ${total.skipped} skipped`,
)
process.exit(failed === 0 && total.tests > 0 ? 0 : 1)
