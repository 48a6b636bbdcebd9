/** No field that is read lies deeper; what lies deeper stays as it is. */
const maximumDepth = 8

/** Maps without their null members, at every depth: as the Kubernetes API does before it fills in defaults. */
export function dropNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return value
  if (Array.isArray(value)) return value.map((item) => dropNulls(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, dropNulls(member, depth + 1)]),
  )
}
