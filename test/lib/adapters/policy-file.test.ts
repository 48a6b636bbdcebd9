import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readPolicy } from '../../../lib/adapters/policy-file.ts'
import { codeOf } from '../../fakes/errors.ts'

const files = [{ kind: 'directory' }, { kind: 's3' }] as const
const cluster = [...files, { kind: 'cluster' }] as const

describe('readPolicy', () => {
  it('takes files for the word of whoever deploys, and a cluster not without a policy', () => {
    expect(readPolicy({ policy: '', locations: files })).toEqual({ tenancy: 'single' })
    expect(codeOf(() => readPolicy({ policy: '', locations: cluster }))).toBe('PolicyMissing')
    expect(readPolicy({ policy: 'single', locations: cluster })).toEqual({ tenancy: 'single' })
  })

  it('reads a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'policy.yaml')
    writeFileSync(path, 'tenancy: listed')
    expect(readPolicy({ policy: path, locations: cluster })).toEqual({ tenancy: 'listed', tenants: [] })
    writeFileSync(path, 'tenancy: none')
    expect(codeOf(() => readPolicy({ policy: path, locations: cluster }))).toBe('PolicyInvalid')
    expect(codeOf(() => readPolicy({ policy: `${path}.gone`, locations: files }))).toBe('PolicyInvalid')
  })
})
