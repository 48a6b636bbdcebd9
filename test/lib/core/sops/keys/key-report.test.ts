import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../../../lib/core/errors.ts'
import type { KeyEntry } from '../../../../../lib/core/sops/keys/key-entry.ts'
import {
  chooseReportCode,
  formatKeyReport,
  type GroupReport,
  type KeyFailure,
  summarizeFailures,
} from '../../../../../lib/core/sops/keys/key-report.ts'

const age: KeyEntry = { kind: 'age', recipient: 'age1x', enc: '' }
const kms: KeyEntry = { kind: 'kms', arn: 'arn:k', context: {}, enc: '' }

function failure(entry: KeyEntry, code: ErrorCode, reason = 'No.'): KeyFailure {
  return { entry, code, reason }
}

function failed(...failures: KeyFailure[]): GroupReport {
  return { recovered: false, failures }
}

describe('chooseReportCode', () => {
  it.each<[ErrorCode, ErrorCode[]]>([
    ['SopsNoMatchingKey', []],
    ['SopsNoMatchingKey', ['SopsNoMatchingKey', 'SopsMetadataInvalid']],
    ['KmsAccessDenied', ['SopsNoMatchingKey', 'KmsAccessDenied']],
    ['SopsKeyServiceUnavailable', ['KmsAccessDenied', 'SopsKeyServiceUnavailable']],
    ['SopsKeyNotGranted', ['SopsKeyNotGranted', 'SopsKeyUnsupported']],
  ])('says %s for %j', (expected, codes) => {
    const groups = [failed(...codes.map((code) => failure(kms, code)))]
    expect(chooseReportCode({ groups, needed: 1 })).toBe(expected)
  })

  it('leaves out what failed in a group that opened', () => {
    const groups = [
      { recovered: true, failures: [failure(kms, 'KmsAccessDenied')] },
      failed(failure(age, 'SopsNoMatchingKey')),
    ]
    expect(chooseReportCode({ groups, needed: 2 })).toBe('SopsNoMatchingKey')
    expect(summarizeFailures({ groups, needed: 2 })).toEqual(['age1x: SopsNoMatchingKey'])
  })
})

describe('summarizeFailures', () => {
  it('cuts recipients short that nobody reads to the end', () => {
    const entry: KeyEntry = { kind: 'age', recipient: `age1pq1${'x'.repeat(1900)}end`, enc: '' }
    const [line] = summarizeFailures({ groups: [failed(failure(entry, 'SopsNoMatchingKey'))], needed: 1 })
    expect(line).toBe(`age1pq1${'x'.repeat(33)}…${'x'.repeat(9)}end: SopsNoMatchingKey`)
  })
})

describe('formatKeyReport', () => {
  it('lists every key of one group', () => {
    const reason = 'AWS KMS refused to decrypt with the key, and this sentence is long enough for two lines.'
    const groups = [
      failed(failure(age, 'SopsNoMatchingKey', 'None fits.'), failure(kms, 'KmsAccessDenied', reason)),
    ]
    expect(formatKeyReport({ groups, needed: 1 })).toBe(
      [
        'The data key of the file could not be recovered.',
        '',
        'Group 0: FAILED',
        '  age1x: FAILED',
        '    - | SopsNoMatchingKey: None fits.',
        '  arn:k: FAILED',
        '    - | KmsAccessDenied: AWS KMS refused to decrypt with the key,',
        '      | and this sentence is long enough for two lines.',
        '',
        'None of the keys of the file opened it; one that does is enough.',
      ].join('\n'),
    )
  })

  it('says how many Shamir parts were found', () => {
    const groups = [{ recovered: true, failures: [] }, failed(failure(age, 'SopsNoMatchingKey')), failed()]
    const text = formatKeyReport({ groups, needed: 2 })
    expect(text).toContain('\n\nGroup 0: SUCCESS\n\nGroup 1: FAILED\n  age1x: FAILED\n')
    expect(text).toContain('2 of its 3 key groups must open, one\nkey each, and 1 did.')
  })

  it('shows neither credentials nor control characters of an address', () => {
    const entry: KeyEntry = {
      kind: 'hc_vault',
      vaultAddress: 'https://root:canary@v.test\u001b[2J',
      enginePath: 'sops',
      keyName: 'k',
      enc: '',
    }
    const text = formatKeyReport({ groups: [failed(failure(entry, 'SopsKeyNotGranted'))], needed: 1 })
    expect(text).toContain('  https://v.test\\u001b[2J/v1/sops/keys/k: FAILED')
  })
})
