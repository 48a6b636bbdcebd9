const region = '(?:[a-z]{2}(?:-(?:gov|iso[a-z]?))?-[a-z]{3,12}-\\d{1,2}|eusc-[a-z]{2}-[a-z]{3,12}-\\d{1,2})'
const partition = 'aws(?:-[a-z]{1,8}){0,2}'

/** An AWS region of any partition, or `local`. */
export const regionPattern = new RegExp(`^(?:${region}|local)$`)

/** The ARN of an IAM role, path included. */
export const roleArnPattern = new RegExp(`^arn:${partition}:iam::\\d{12}:role/[\\w+=,.@/-]{1,576}$`)

const keyId = '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})'
const keyAlias = 'alias/[A-Za-z0-9/_-]{1,250}'

/** A KMS key as Secrets Manager takes it: id, multi-region id, alias, or the ARN of one of them. */
export const kmsKeyIdPattern = new RegExp(
  `^(?:${keyId}|${keyAlias}|arn:${partition}:kms:${region}:\\d{12}:(?:key/${keyId}|${keyAlias}))$`,
)
