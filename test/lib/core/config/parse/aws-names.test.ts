import { describe, expect, it } from 'vitest'
import {
  kmsKeyIdPattern,
  regionPattern,
  roleArnPattern,
} from '../../../../../lib/core/config/parse/aws-names.ts'

const uuid = '1234abcd-12ab-34cd-56ef-1234567890ab'

describe('regionPattern', () => {
  it.each([
    'eu-west-1',
    'us-east-1',
    'ap-southeast-2',
    'il-central-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'us-isof-south-1',
    'eu-isoe-west-1',
    'cn-north-1',
    'eusc-de-east-1',
    'local',
  ])('takes %s', (region) => {
    expect(regionPattern.test(region)).toBe(true)
  })

  it.each([
    '',
    'EU-WEST-1',
    'eu-west',
    'eu-west-1a',
    'x.evil/#',
    'eu-west-1.evil.test',
    'eu-west-1\n',
    'locals',
  ])('refuses %j', (region) => {
    expect(regionPattern.test(region)).toBe(false)
  })
})

describe('roleArnPattern', () => {
  it.each([
    'arn:aws:iam::123456789012:role/writer',
    'arn:aws-us-gov:iam::123456789012:role/team/writer',
    'arn:aws-iso-b:iam::123456789012:role/writer',
  ])('takes %s', (arn) => {
    expect(roleArnPattern.test(arn)).toBe(true)
  })

  it.each([
    'arn:aws:iam::123456789012:user/writer',
    'arn:aws:iam::1234:role/writer',
    'arn:aws:iam::123456789012:role/',
    'arn:aws:iam::123456789012:role/a b',
    'x arn:aws:iam::123456789012:role/writer',
  ])('refuses %s', (arn) => {
    expect(roleArnPattern.test(arn)).toBe(false)
  })
})

describe('kmsKeyIdPattern', () => {
  it.each([
    uuid,
    'mrk-1234abcd12ab34cd56ef1234567890ab',
    'alias/secrets',
    `arn:aws:kms:eu-west-1:123456789012:key/${uuid}`,
    'arn:aws-cn:kms:cn-north-1:123456789012:alias/secrets',
  ])('takes %s', (key) => {
    expect(kmsKeyIdPattern.test(key)).toBe(true)
  })

  it.each([
    'secrets',
    'alias/',
    `key/${uuid}`,
    `arn:aws:kms:eu-west-1:123456789012:${uuid}`,
    `arn:aws:kms:x.evil/#:123456789012:key/${uuid}`,
    `${uuid}\n`,
  ])('refuses %j', (key) => {
    expect(kmsKeyIdPattern.test(key)).toBe(false)
  })
})
