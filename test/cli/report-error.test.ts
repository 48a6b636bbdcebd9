import { expect, it } from 'vitest'
import { reportError } from '../../cli/report-error.ts'
import { SyncError } from '../../lib/core/errors.ts'

it('prints code, summary and hint, with control characters spelled out', () => {
  const notes: string[] = []
  const output = {
    result: () => {},
    resultBytes: () => {},
    note: (text: string) => void notes.push(text),
    colours: false,
  }
  reportError(output, new SyncError('InputMissing', { data: { file: 'a\u001bb' } }))
  expect(notes[0]).toMatch(/^InputMissing: .*a\\u001bb/)
  expect(notes[1]).toMatch(/^hint: /)
  expect(reportError(output, new Error('canary')).code).toBe('InternalError')
  expect(notes.join()).not.toContain('canary')
})
