/** A tier of Parameter Store; an advanced parameter costs money and never becomes a standard one again. */
export type Tier = 'Standard' | 'Advanced'

const standardSizeBytes = 4_096
const advancedSizeBytes = 8_192

/**
 * The tier that a value of this size needs; `null` where none takes it.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
 */
export function chooseTier(sizeBytes: number): Tier | null {
  if (sizeBytes <= standardSizeBytes) return 'Standard'
  return sizeBytes <= advancedSizeBytes ? 'Advanced' : null
}
