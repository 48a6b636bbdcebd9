import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type ErrorCode, errorTable, isSyncError, SyncError, toSyncError } from '../../../lib/core/errors.ts'

const rows = Object.entries(errorTable)

describe('the error table', () => {
  it.each(rows)('%s has a disposition, a status and sentences', (_, entry) => {
    expect(['retry', 'wait', 'stall', 'return', 'reject']).toContain(entry.disposition)
    expect(entry.status).toBeGreaterThanOrEqual(200)
    expect(entry.summary).toMatch(/^[A-Z].*\.$/)
    expect(entry.hint).toMatch(/[.]$/)
  })
})

describe('SyncError', () => {
  it('carries code, data, disposition, status and hint', () => {
    const error = new SyncError('SopsMacMismatch', { data: { file: 'a.yaml' } })
    expect(error).toMatchObject({ code: 'SopsMacMismatch', disposition: 'stall', status: 422 })
    expect(error.message).toContain('file=a.yaml')
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      code: 'SopsMacMismatch',
      data: { file: 'a.yaml' },
    })
  })

  it('prints no cause, however it is printed', () => {
    const error = new SyncError('SopsFileUnreadable', { cause: new Error('canary-7f3') })
    const printed = [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      String(error),
      error.stack,
    ]
    expect(printed.join('\n')).not.toContain('canary-7f3')
    expect(error.revealCause()).toBeInstanceOf(Error)
  })

  it('takes credentials and queries out of URLs', () => {
    const url = 'https://user:token@git.test/o/r?key=1#x'
    const error = new SyncError('GitUnavailable', { data: { url, urls: [url], attempts: 3 } })
    expect(error.data).toEqual({ url: 'https://git.test/o/r', urls: ['https://git.test/o/r'], attempts: 3 })
    expect(error.message).not.toMatch(/token|key=1/)
  })
})

describe('isSyncError', () => {
  it('tells codes apart', () => {
    const error = new SyncError('LeaseHeld')
    expect(isSyncError(error, 'LeaseHeld')).toBe(true)
    expect(isSyncError(error, 'StateConflict' satisfies ErrorCode)).toBe(false)
    expect(isSyncError(new Error('LeaseHeld'))).toBe(false)
  })
})

describe('toSyncError', () => {
  it('turns anything unknown into InternalError without its text', () => {
    expect(toSyncError(new Error('canary-9c1'))).toMatchObject({ code: 'InternalError' })
    expect(toSyncError('canary-9c1').message).not.toContain('canary')
  })
})
