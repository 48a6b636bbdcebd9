import { describe, expect, it } from 'vitest'
import { toKmsError } from '../../../../../lib/adapters/keys/kms/kms-error.ts'
import { SyncError } from '../../../../../lib/core/errors.ts'

const data = { key: 'arn:k' }

function failWith(name: string): Error {
  return Object.assign(new Error('canary'), { name })
}

describe('toKmsError', () => {
  it('takes a process without AWS credentials for one without a key', () => {
    expect(toKmsError(failWith('CredentialsProviderError'), data)).toMatchObject({
      code: 'SopsNoMatchingKey',
      data: { key: 'arn:k', error: 'CredentialsProviderError' },
    })
  })

  it.each([failWith('TimeoutError'), failWith('not a name: canary'), 'canary', undefined])(
    'takes what it does not know for an outage, and shows no text of it',
    (thrown) => {
      const error = toKmsError(thrown, data)
      expect(error.code).toBe('SopsKeyServiceUnavailable')
      expect(JSON.stringify(error)).not.toContain('canary')
    },
  )

  it('leaves an error of ours as it is', () => {
    const error = new SyncError('SopsKeyNotGranted')
    expect(toKmsError(error, data)).toBe(error)
  })
})
