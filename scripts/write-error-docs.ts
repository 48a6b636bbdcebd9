import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configErrors } from '../lib/core/error-codes/config.ts'
import type { Disposition, ErrorTable } from '../lib/core/error-codes/entry.ts'
import { gitErrors } from '../lib/core/error-codes/git.ts'
import { kustomizeErrors } from '../lib/core/error-codes/kustomize.ts'
import { operationErrors } from '../lib/core/error-codes/operation.ts'
import { secretsErrors } from '../lib/core/error-codes/secrets.ts'
import { sopsErrors } from '../lib/core/error-codes/sops.ts'
import { storeErrors } from '../lib/core/error-codes/store.ts'

const areas: readonly (readonly [title: string, table: ErrorTable])[] = [
  ['Configs and sources', configErrors],
  ['Git', gitErrors],
  ['SOPS', sopsErrors],
  ['Kustomize', kustomizeErrors],
  ['Secrets', secretsErrors],
  ['Secret store', storeErrors],
  ['The service itself', operationErrors],
]

const nextSteps: Readonly<Record<Disposition, string>> = {
  retry:
    'tried again at once, up to three times; then as `wait`, or as `return` where the state cannot be written',
  wait: 'tried again by the schedule after 1 to 10 minutes',
  stall: 'not tried again before a new commit, a changed spec or a manual sync',
  return:
    'the message goes back to its queue and is worked again some minutes later, five times, then it is a dead letter',
  reject: 'answered, counted and forgotten',
}

/** docs/errors.md, made from the error table. */
export function formatErrorDocs(): string {
  return [
    '# Errors',
    '',
    '<!-- Made by `npm run docs` from lib/core/error-codes; do not edit. -->',
    '',
    'One code is everything: condition reason, log field, metric dimension, `code` in an answer of the API and heading',
    'here. What happens next depends on its disposition:',
    '',
    '| disposition | what the service does |',
    '|---|---|',
    ...Object.entries(nextSteps).map(([disposition, step]) => `| \`${disposition}\` | ${step} |`),
    ...areas.flatMap(([title, table]) => ['', `## ${title}`, ...formatTable(table)]),
    '',
  ].join('\n')
}

function formatTable(table: ErrorTable): string[] {
  return Object.entries(table).flatMap(([code, { disposition, status, summary, hint }]) => [
    '',
    `### ${code}`,
    '',
    escapeMarkup(`${summary} ${hint}`),
    '',
    `\`${disposition}\`, HTTP ${status}`,
  ])
}

/** Markdown takes `<source>` for HTML, but not between backticks. */
function escapeMarkup(text: string): string {
  return text.replaceAll(/`[^`]*`|</g, (found) => (found === '<' ? '\\<' : found))
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '../docs/errors.md'), formatErrorDocs())
