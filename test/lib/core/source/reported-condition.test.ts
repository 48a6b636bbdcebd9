import { describe, expect, it } from 'vitest'
import { reportedConditions, sourceNotReady } from '../../../../lib/core/source/reported-condition.ts'
import { createApplication } from '../../../fakes/manifests.ts'

describe('sourceNotReady', () => {
  it('tells reason and message, cut short and without what a URL may hold', () => {
    const condition = { type: 'Ready', status: 'False', reason: 'GitOperationFailed' }
    const message = `unable to clone https://user:canary@git.test/o/r ${'x'.repeat(400)}`
    const { code, data } = sourceNotReady(createApplication(), { ...condition, message })
    expect(code).toBe('SourceNotReady')
    expect(data).toMatchObject({ kind: 'Application', name: 'app', reason: 'GitOperationFailed' })
    expect(String(data['message']).length).toBeLessThanOrEqual(300)
    expect(JSON.stringify(data)).not.toContain('canary')
  })

  it('takes the type for the reason where there is none, as in Argo CD', () => {
    const condition = { type: 'ComparisonError', status: '', reason: '', message: '' }
    expect(sourceNotReady(createApplication(), condition).data['reason']).toBe('ComparisonError')
    expect(sourceNotReady(createApplication(), undefined).data['reason']).toBe('Unknown')
  })
})

describe('reportedConditions', () => {
  it('fills in what Argo CD leaves out', () => {
    expect(reportedConditions.parse([{ type: 'SyncError', message: 'm' }])).toEqual([
      { type: 'SyncError', status: '', reason: '', message: 'm' },
    ])
  })
})
