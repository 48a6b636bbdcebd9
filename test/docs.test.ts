import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { syncEventKinds } from '../lib/core/audit/sync-event.ts'
import { specSchema } from '../lib/core/config/parse/config-schema.ts'
import { errorTable } from '../lib/core/errors.ts'
import { metricDimensions } from '../lib/core/metric.ts'
import { formatErrorDocs } from '../scripts/write-error-docs.ts'
import { formatPermissionDocs } from '../scripts/write-permission-docs.ts'

it('has a heading in docs/errors.md for every error code', () => {
  const headings = [...formatErrorDocs().matchAll(/^### (\w+)$/gm)].map(([, code]) => code)
  expect(headings.sort()).toEqual(Object.keys(errorTable).sort())
})

it('has every field of a config in docs/configuration.md', () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/configuration.md'), 'utf8')
  expect(Object.keys(specSchema.shape).filter((field) => !written.includes(field))).toEqual([])
})

it('has every metric, field of a log line and event in docs/observability.md', () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/observability.md'), 'utf8')
  const rows = written.split('\n').filter((line) => line.startsWith('|'))
  for (const [metric, dimension] of Object.entries(metricDimensions)) {
    const by = rows.find((row) => row.split('|')[1]?.includes(`\`${metric}\``))?.split('|')[2]
    expect([metric, by?.trim()]).toEqual([metric, dimension === null ? '' : `\`${dimension}\``])
  }
  for (const kind of syncEventKinds) {
    expect(written).toContain(`Config ${kind[0]?.toUpperCase()}${kind.slice(1)}`)
  }
})

it('has docs/errors.md as the error table says; `npm run docs` writes it', () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8')
  expect(written).toBe(formatErrorDocs())
})

it('has docs/permissions.md as the policies say; `npm run docs` writes it', () => {
  const written = readFileSync(join(import.meta.dirname, '../docs/permissions.md'), 'utf8')
  expect(written).toBe(formatPermissionDocs())
})

it('has every parameter of the stack in docs/deploy.md, and no other', () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
  const [, table = ''] = /\n## Parameters\n([\s\S]*?)\n## /.exec(read('docs/deploy.md')) ?? []
  const rows = [...table.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell)
  const written = rows.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(written.sort()).toEqual(Object.keys(parse(read('infra/params.yml')).default).sort())
})
