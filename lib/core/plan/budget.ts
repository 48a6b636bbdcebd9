/**
 * Calls a second that Secrets Manager takes for one account and region, by what they are counted together as. The
 * listing of older editions of the documentation is the lower one, and is kept to.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const storeQuotas = { list: 50, create: 50, version: 50, tag: 50, restore: 50, delete: 50 } as const
