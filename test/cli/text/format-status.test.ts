import { describe, expect, it } from 'vitest'
import { formatDetail, formatStatus } from '../../../cli/text/format-status.ts'
import type { ConfigDetail } from '../../../lib/core/status/describe-config.ts'

const lastTransitionTime = '2026-01-31T08:00:00.000Z'
const config: ConfigDetail = {
  id: 'team/shop/shop-dev',
  phase: 'Failed',
  ready: false,
  reason: 'SopsMacMismatch',
  revision: 'main@sha1:ec26c3e57ca3a959ca5aad62de7213c562f8c821',
  secrets: 3,
  lastSyncAt: '2026-01-30T08:00:00.000Z',
  remarks: ['Unwanted'],
  description: 'The MAC does not match',
  conditions: [
    {
      type: 'Ready',
      status: 'False',
      reason: 'SopsMacMismatch',
      message: 'first line\nsecond\u001b[2J',
      lastTransitionTime,
    },
    {
      type: 'Unwanted',
      status: 'True',
      reason: 'SecretUnwanted',
      message: 'No longer named in Git, and kept: a',
      lastTransitionTime,
    },
  ],
  nextDueAt: '2026-01-31T08:05:00.000Z',
  history: [],
}

describe('formatStatus', () => {
  it('says that there is nothing', () => {
    expect(formatStatus([])).not.toBe('')
  })

  it('shows a config in one row, with a short commit and its remarks', () => {
    const [heading, row, ...rest] = formatStatus([config]).split('\n')
    expect(heading?.split(/ {2,}/).at(-1)).toBe('REMARKS')
    expect(row?.split(/ {2,}/)).toEqual([
      'team/shop/shop-dev',
      'Failed',
      'False',
      'SopsMacMismatch',
      'main@sha1:ec26c3e5',
      '3',
      '2026-01-30T08:00:00.000Z',
      'Unwanted',
    ])
    expect(rest).toEqual([])
  })

  it('shows a dash for what is not there', () => {
    const { reason: _, ...unseen } = { ...config, revision: null, lastSyncAt: null, remarks: [] }
    const [, row] = formatStatus([unseen]).split('\n')
    expect(row?.split(/ {2,}/).slice(3)).toEqual(['-', '-', '3', '-', '-'])
  })
})

describe('formatDetail', () => {
  it('shows each condition with its message, made safe for a terminal', () => {
    expect(formatDetail(config, false).split('\n')).toEqual([
      'team/shop/shop-dev',
      '  phase       Failed',
      '  applied     main@sha1:ec26c3e57ca3a959ca5aad62de7213c562f8c821 since 2026-01-30T08:00:00.000Z',
      '  secrets     3',
      '  next look   2026-01-31T08:05:00.000Z, or the next push',
      '  Ready=False, SopsMacMismatch, since 2026-01-31T08:00:00.000Z',
      '    first line second\\u001b[2J',
      '  Unwanted=True, SecretUnwanted, since 2026-01-31T08:00:00.000Z',
      '    No longer named in Git, and kept: a',
    ])
  })

  it('says that nothing was applied, and nothing of a look that is not due', () => {
    const detail = { ...config, revision: null, lastSyncAt: null, nextDueAt: null, conditions: [] }
    expect(formatDetail(detail, false).split('\n').slice(2)).toEqual([
      '  applied     nothing yet',
      '  secrets     3',
    ])
  })

  it('has colours where the terminal shows any', () => {
    expect(formatDetail(config, true)).toContain('\u001b[31mReady=False')
  })
})
