import { describe, expect, it } from 'vitest'
import type { KeyEntry } from '../../../../../lib/core/sops/keys/key-entry.ts'
import { isKmsEntryGranted } from '../../../../../lib/core/sops/keys/kms-grant.ts'

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b2c3d'
const roleArn = 'arn:aws:iam::123456789012:role/sops'
const entry = (arn: string, role?: string): KeyEntry => ({
  kind: 'kms',
  arn,
  context: {},
  enc: '',
  ...(role !== undefined && { role }),
})

describe('isKmsEntryGranted', () => {
  it.each([
    [keyArn],
    ['arn:aws:kms:*:123456789012:key/mrk-0a1b2c3d'],
    ['arn:aws:kms:*:123456789012:key/*'],
    ['arn:aws:kms:eu-west-1:123456789012:*'],
    ['arn:aws:kms:eu-west-1:123456789012:key/mrk-*3d'],
    ['arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b2c3d*'],
  ])('grants the key by %s', (pattern) => {
    expect(isKmsEntryGranted({ keyArns: ['arn:aws:kms:x', pattern], roleArns: [] }, entry(keyArn))).toBe(true)
  })

  it.each([
    ['arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b'],
    ['kms:*:123456789012:key/*'],
    ['arn:aws:kms:*:210987654321:key/*'],
    ['arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b2c3d*3d'],
    ['arn:aws:kms:eu-west-1:123456789012:key/mrk-0a1b2c3d*b2c3d'],
    ['arn.aws:kms:eu-west-1:123456789012:key/mrk-0a1b2c3d'],
  ])('does not grant the key by %s', (pattern) => {
    expect(isKmsEntryGranted({ keyArns: [pattern], roleArns: [] }, entry(keyArn))).toBe(false)
  })

  it('grants nothing where nothing is listed', () => {
    expect(isKmsEntryGranted({ keyArns: [], roleArns: [] }, entry(keyArn))).toBe(false)
  })

  it('wants the role that an entry names to be listed as well', () => {
    const keyArns = [keyArn]
    expect(isKmsEntryGranted({ keyArns, roleArns: [] }, entry(keyArn, roleArn))).toBe(false)
    expect(isKmsEntryGranted({ keyArns, roleArns: [roleArn] }, entry(keyArn, roleArn))).toBe(true)
    expect(isKmsEntryGranted({ keyArns: [], roleArns: [roleArn] }, entry(keyArn, roleArn))).toBe(false)
  })

  it('is not about keys of other kinds', () => {
    const age: KeyEntry = { kind: 'age', recipient: 'age1x', enc: '' }
    expect(isKmsEntryGranted({ keyArns: ['*'], roleArns: ['*'] }, age)).toBe(false)
  })
})
